import { z } from 'zod';
import { outside } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const count = z.int().min(0);
const schema = z
  .strictObject({ min_value: count.optional(), more_than: count.optional(), max_value: count.optional() })
  .refine(({ min_value, more_than, max_value }) => (min_value ?? more_than ?? max_value) !== undefined, {
    error: 'needs min_value, more_than or max_value',
  });

/** `row_count_between`: the relation has neither too few nor too many rows. */
export const rowCountBetween = {
  name: 'row_count_between',
  aliases: [
    { name: 'expect_table_row_count_to_be_between' },
    { name: 'number_of_rows', arguments: { threshold: 'more_than' } },
  ],
  doc: 'The relation has at least `min_value` rows, or more than `more_than`, and at most `max_value`; one of them is enough.',
  column: 'never',
  relationArguments: [],
  schema,
  finds: ({ arguments: { min_value: least, more_than: fewer, max_value: most } }) => ({
    kind: 'groups',
    by: undefined,
    items: (rows) => [`${rows.count} as row_count`],
    conditions: (rows) => [
      ...(fewer === undefined ? [] : [`${rows.count} <= ${fewer}`]),
      ...outside(rows.count, { min_value: least?.toString(), max_value: most?.toString() }),
    ],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
