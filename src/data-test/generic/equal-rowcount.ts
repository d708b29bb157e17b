import { z } from 'zod';
import { comparedRowCounts, comparedRowCountsArguments } from '../compared-row-counts.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(comparedRowCountsArguments);

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
  sql: (call) => comparedRowCounts(call, '<>'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
