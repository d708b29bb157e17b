import { z } from 'zod';
import { comparedRowCounts, comparedRowCountsArguments } from '../compared-row-counts.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(comparedRowCountsArguments);

/** `fewer_rows_than`: the relation has fewer rows than another. */
export const fewerRowsThan = {
  name: 'fewer_rows_than',
  doc: 'The relation has fewer rows than `compare_model`, in every group of `group_by_columns`, which both have. As many are too many. `where` filters only the tested relation.',
  column: 'never',
  relationArguments: ['compare_model'],
  schema,
  sql: (call) => comparedRowCounts(call, '>='),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
