import { z } from 'zod';
import { outside, someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const count = z.int().min(0);
const schema = z
  .strictObject({ min_value: count.optional(), max_value: count.optional() })
  .refine(...someBound);

/** `row_count_between`: the relation has neither too few nor too many rows. */
export const rowCountBetween = {
  name: 'row_count_between',
  aliases: [{ name: 'expect_table_row_count_to_be_between' }],
  doc: 'The relation has at least `min_value` and at most `max_value` rows; one of them may be left out.',
  column: 'never',
  relationArguments: [],
  schema,
  finds: ({ arguments: { min_value: least, max_value: most } }) => ({
    kind: 'groups',
    by: undefined,
    items: (rows) => [`${rows.count} as row_count`],
    conditions: (rows) => outside(rows.count, { min_value: least?.toString(), max_value: most?.toString() }),
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
