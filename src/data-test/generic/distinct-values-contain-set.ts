import { z } from 'zod';
import { expectedSet } from '../expected-set.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { valueList } from '../value-list.ts';

const schema = z.strictObject(valueList);

/** `distinct_values_contain_set`: the column holds all of the listed values. */
export const distinctValuesContainSet = {
  name: 'distinct_values_contain_set',
  aliases: [
    {
      name: 'expect_column_distinct_values_to_contain_set',
      arguments: { value_set: 'values', quote_values: 'quote' },
    },
  ],
  doc: "The column holds each of the listed values somewhere; it may hold others. NULLs are not looked at. Values are quoted, numbers too, and are read as values of the column's type; with `quote: false` they are SQL.",
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => expectedSet(call, 'may be'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
