import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';

const schema = z.strictObject({
  threshold: z.number().positive().default(3),
  group_by_columns: columnList.optional(),
});

/** `z_score`: no value of the column lies far from its mean. */
export const zScore = {
  name: 'z_score',
  doc: 'No value of the column lies more than `threshold` standard deviations from the mean, in its group of `group_by_columns`. NULLs pass, and so do groups whose values are all the same.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, dialect, arguments: { threshold, group_by_columns } }) => {
    const window = `over (${groupColumns(group_by_columns, dialect).partition.trim()})`;
    const value = dialect.cast(column, { kind: 'double' });
    return `\
select *
from (
  select
    tested.*,
    abs(${value} - avg(${value}) ${window})
      / nullif(stddev_samp(${value}) ${window}, 0) as deviations_from_mean
  from ${tested('tested', '  ')}
) as scored
where deviations_from_mean > ${threshold}`;
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
