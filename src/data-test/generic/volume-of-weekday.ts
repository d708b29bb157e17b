import { z } from 'zod';
import { columnList } from '../argument.ts';
import { dateAfter, requiredAsOfDate } from '../as-of-date.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';
import { groupBy, indented, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({
  weeks: z.int().min(1).max(52).default(4),
  min_ratio: z.number().min(0).default(0.5),
  max_ratio: z.number().positive().default(2),
  group_by_columns: columnList.optional(),
});

const OWN_NAMES = ['row_count', 'row_count_before', 'days_before'];

/** `volume_of_weekday`: a day has about as many rows as that day of the week had before. */
export const volumeOfWeekday = {
  name: 'volume_of_weekday',
  doc: 'On `as_of_date` there are between `min_ratio` and `max_ratio` times as many rows as on the same weekday of the `weeks` before, on average over those of these days that have rows, in every group of `group_by_columns`. The column is a date or timestamp. The date is the var `as_of_date`, never the clock. A group without rows on those days before passes.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, dialect, macro, asOfDate, arguments: given }) => {
    const { weeks, min_ratio, max_ratio } = given;
    const today = requiredAsOfDate('volume_of_weekday', asOfDate);
    const groups = groupColumns(given.group_by_columns, dialect, OWN_NAMES);
    const date = macro('date_of', column);
    const day = (back: number) => `date ${dialect.literal(dateAfter(today, -7 * back))}`;
    const days = Array.from({ length: weeks + 1 }, (_, back) => day(back));
    const isBefore = `${date} < ${day(0)}`;
    return lines(
      'select *',
      'from (',
      '  select',
      indented(
        selectItems([
          ...groups.items,
          `${macro('count_if', `${date} = ${day(0)}`)} as row_count`,
          `${macro('count_if', isBefore)} as row_count_before`,
          `count(distinct case when ${isBefore} then ${date} end) as days_before`,
        ]),
      ),
      `  from ${tested('', '  ')}`,
      `  where ${date} in (${days.join(', ')})`,
      groupBy(groups.expressions, '  '),
      ') as volumes',
      `where row_count * days_before < ${min_ratio} * row_count_before`,
      `  or row_count * days_before > ${max_ratio} * row_count_before`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
