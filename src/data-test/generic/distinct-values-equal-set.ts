import { z } from 'zod';
import { expectedSet } from '../expected-set.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { valueList } from '../value-list.ts';

const schema = z.strictObject(valueList);

/** `distinct_values_equal_set`: the column holds all of the listed values, and no other. */
export const distinctValuesEqualSet = {
  name: 'distinct_values_equal_set',
  aliases: [
    {
      name: 'expect_column_distinct_values_to_equal_set',
      arguments: { value_set: 'values', quote_values: 'quote' },
    },
  ],
  doc: "The column holds each of the listed values somewhere, and no other. NULLs are not looked at. Values are quoted, numbers too, and are read as values of the column's type; with `quote: false` they are SQL.",
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => expectedSet(call, 'fail'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
