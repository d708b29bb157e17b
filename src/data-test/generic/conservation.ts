import { z } from 'zod';
import { columnList } from '../argument.ts';
import { countedSides } from '../counted-sides.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';

const schema = z.strictObject({
  kept: z.string(),
  rejected: z.string(),
  expression: z.string().min(1).default('count(*)'),
  group_by_columns: columnList.optional(),
});

/** `conservation`: no row gets lost, and none comes from nowhere. */
export const conservation = {
  name: 'conservation',
  doc: 'Every row of the relation, which is the raw one, went either way: it has as many rows as the relations `kept` and `rejected` have together, in every group of `group_by_columns`, which all three have. With `expression`, an aggregate such as `count(distinct event_id)`, something else than rows is counted. `where` filters only the raw rows.',
  column: 'never',
  relationArguments: ['kept', 'rejected'],
  schema,
  sql: ({ tested, relation, dialect, arguments: { expression: count, group_by_columns } }) => {
    const groups = groupColumns(group_by_columns, dialect);
    return countedSides(
      groups.names,
      [
        { name: 'raw', from: tested('', '  '), groups, count },
        { name: 'kept', from: relation('kept'), groups, count },
        { name: 'rejected', from: relation('rejected'), groups, count },
      ],
      'sum(raw_rows) <> sum(kept_rows) + sum(rejected_rows)',
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
