import { z } from 'zod';
import { HelperError } from '../../template/helper.ts';
import { columnList, datePart } from '../argument.ts';
import { dateAfter, requiredAsOfDate } from '../as-of-date.ts';
import { columnExpression, isPlain } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({
  datepart: datePart,
  field: z.string().min(1).optional(),
  interval: z.int().min(0),
  group_by_columns: columnList.optional(),
});

/** `recency`: the newest row is not too old. */
export const recency = {
  name: 'recency',
  aliases: [
    {
      name: 'expect_row_values_to_have_recent_data',
      arguments: { group_by: 'group_by_columns' },
    },
  ],
  doc: 'The newest `field`, or value of the column that the test stands under, lies at most `interval` times `datepart` before the start of `as_of_date`, in every group of `group_by_columns`. Rows after that day are not looked at. The date is the var `as_of_date`, never the clock. An empty relation fails.',
  column: 'optional',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: given, asOfDate, dialect, macro }) => {
    const { datepart, interval, group_by_columns } = given;
    const field = given.field === undefined ? column : columnExpression(given.field, dialect);
    if (field === '') throw new HelperError('recency needs a field, or a column to stand under.');
    const today = requiredAsOfDate('recency', asOfDate);
    const oldest = macro('dateadd', datepart, -interval, `date ${dialect.literal(today)}`);
    const end = `date ${dialect.literal(dateAfter(today, 1))}`;
    const past = `case when ${isPlain(field) ? field : `(${field})`} < ${end} then ${field} end`;
    return {
      kind: 'aggregate',
      by: group_by_columns,
      name: 'most_recent',
      aggregate: (rows) => `max(${rows.value(past)})`,
      conditions: (newest) => [`${newest} is null`, `${newest} < ${oldest}`],
    };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
