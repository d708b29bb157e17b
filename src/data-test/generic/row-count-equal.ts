import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ value: z.int().min(0) });

/** `row_count_equal`: the relation has exactly so many rows. */
export const rowCountEqual = {
  name: 'row_count_equal',
  aliases: [{ name: 'expect_table_row_count_to_equal' }],
  doc: 'The relation has exactly `value` rows.',
  column: 'never',
  relationArguments: [],
  schema,
  finds: ({ arguments: { value } }) => ({
    kind: 'groups',
    by: undefined,
    items: (rows) => [`${rows.count} as row_count`],
    conditions: (rows) => [`${rows.count} <> ${value}`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
