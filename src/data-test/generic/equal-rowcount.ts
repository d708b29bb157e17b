import { z } from 'zod';
import { columnList } from '../argument.ts';
import { countedSides } from '../counted-sides.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';

const schema = z.strictObject({ compare_model: z.string(), group_by_columns: columnList.optional() });

/** `equal_rowcount`: the relation has as many rows as another. */
export const equalRowcount = {
  name: 'equal_rowcount',
  aliases: [
    {
      name: 'expect_table_row_count_to_equal_other_table',
      arguments: { group_by: 'group_by_columns' },
    },
  ],
  doc: 'The relation has as many rows as `compare_model`, in every group of `group_by_columns`, which both have. `where` filters only the tested relation.',
  column: 'never',
  relationArguments: ['compare_model'],
  schema,
  sql: ({ tested, relation, arguments: { group_by_columns }, dialect }) => {
    const groups = groupColumns(group_by_columns, dialect);
    return countedSides(
      groups.names,
      [
        { name: 'tested', from: tested('', '  '), groups },
        { name: 'compared', from: relation('compare_model'), groups },
      ],
      'sum(tested_rows) <> sum(compared_rows)',
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
