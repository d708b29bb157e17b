import { z } from 'zod';
import { columnList } from './argument.ts';
import { countedSides } from './counted-sides.ts';
import type { GenericTestCall } from './generic-test.ts';
import { groupColumns } from './group-columns.ts';

/** The arguments of a test that compares how many rows two relations have. */
export const comparedRowCountsArguments = {
  compare_model: z.string(),
  group_by_columns: columnList.optional(),
};

/** The groups in which the rows of the relation, `tested_rows`, are wrongly many beside those of the other, `compared_rows`. */
export function comparedRowCounts(
  call: GenericTestCall<{ readonly group_by_columns?: readonly string[] | undefined }>,
  wrong: '<>' | '>=',
): string {
  const groups = groupColumns(call.arguments.group_by_columns, call.dialect);
  return countedSides(
    groups.names,
    [
      { name: 'tested', from: call.tested('', '  '), groups },
      { name: 'compared', from: call.relation('compare_model'), groups },
    ],
    `sum(tested_rows) ${wrong} sum(compared_rows)`,
  );
}
