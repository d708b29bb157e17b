import { z } from 'zod';
import type { AggregatedRows } from '../aggregated-rows.ts';
import { columnList } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({
  compare_column: z.string().min(1),
  at_least: z.number().gt(0).max(1).default(0.9),
  group_by_columns: columnList.optional(),
});

/** `not_degenerate`: the column is not another column in disguise. */
export const notDegenerate = {
  name: 'not_degenerate',
  doc: 'The column differs from `compare_column`, a column or expression of the same row, in at least the share `at_least` of the rows, in every group of `group_by_columns`: weekly users that equal daily users are a broken window, which no range test sees. Where either is NULL they do not differ. An empty relation passes.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, dialect, macro, arguments: { compare_column, at_least, group_by_columns } }) => {
    const differ = `${column} <> ${columnExpression(compare_column, dialect)}`;
    const differing = (rows: AggregatedRows) => macro('count_if', rows.condition(differ));
    return {
      kind: 'groups',
      by: group_by_columns,
      items: (rows) => [`${rows.count} as row_count`, `${differing(rows)} as differing_rows`],
      conditions: (rows) => [`${differing(rows)} < ${at_least} * ${rows.count}`],
    };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
