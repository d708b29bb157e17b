import { z } from 'zod';
import { columnList } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';
import { indented, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({
  sort_column: z.string().min(1),
  window: z.int().min(2).default(28),
  sigma_threshold: z.number().positive().default(3),
  group_by_columns: columnList.optional(),
});

const OWN_NAMES = ['current_value', 'mean_before', 'standard_deviation_before', 'values_before'];

/** `within_moving_stdevs`: no value of the column strays from those before it. */
export const withinMovingStdevs = {
  name: 'within_moving_stdevs',
  doc: 'In the order of `sort_column` no value of the column lies more than `sigma_threshold` standard deviations from the mean of the `window` rows before it, in its group of `group_by_columns`. Rows with fewer than `window` values before them pass.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, dialect, arguments: given }) => {
    const groups = groupColumns(given.group_by_columns, dialect, OWN_NAMES);
    const sort = columnExpression(given.sort_column, dialect);
    const frame = `rows between ${given.window} preceding and 1 preceding`;
    const moving = (aggregate: string) => `${aggregate} over (${groups.partition}order by ${sort} ${frame})`;
    const value = dialect.cast(column, { kind: 'double' });
    return lines(
      'select *',
      'from (',
      '  select',
      indented(
        selectItems([
          ...groups.items,
          `${sort} as sorted_by`,
          `${value} as current_value`,
          `${moving(`avg(${value})`)} as mean_before`,
          `${moving(`stddev_samp(${value})`)} as standard_deviation_before`,
          `${moving(`count(${column})`)} as values_before`,
        ]),
      ),
      `  from ${tested('', '  ')}`,
      ') as measured',
      `where values_before = ${given.window}`,
      `  and abs(current_value - mean_before) > ${given.sigma_threshold} * standard_deviation_before`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
