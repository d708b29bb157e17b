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
  doc: 'The column holds each of the listed values somewhere; it may hold others. NULLs are not looked at. Text is quoted and numbers are not, unless `quote` says otherwise; with `quote: false` values are SQL.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => expectedSet(call, 'max(found) = 0'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
