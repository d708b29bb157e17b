import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { listedValues, valueList } from '../value-list.ts';

const schema = z.strictObject(valueList);

/** `accepted_values`: the column holds only the listed values. */
export const acceptedValues = {
  name: 'accepted_values',
  aliases: [
    {
      name: 'expect_column_values_to_be_in_set',
      arguments: { value_set: 'values', quote_values: 'quote' },
    },
  ],
  doc: "The column holds only the listed values, or NULL. Values are quoted, numbers too, and are read as values of the column's type; with `quote: false` they are SQL.",
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: list, dialect }) => ({
    kind: 'values',
    value: column,
    condition: `${column} not in (${listedValues(list, dialect).join(', ')})`,
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
