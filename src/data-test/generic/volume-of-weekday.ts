import { z } from 'zod';
import { columnList } from '../argument.ts';
import { requiredAsOfDate } from '../as-of-date.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';
import { groupBy, indented, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({
  weeks: z.int().min(1).max(52).default(4),
  min_ratio: z.number().min(0).default(0.5),
  max_ratio: z.number().positive().default(2),
  group_by_columns: columnList.optional(),
});

/** `volume_of_weekday`: a day has about as many rows as that day of the week had before. */
export const volumeOfWeekday = {
  name: 'volume_of_weekday',
  doc: 'On `as_of_date` there are between `min_ratio` and `max_ratio` times as many rows as on the same weekday of the `weeks` before, on average, in every group of `group_by_columns`. The column is a date or timestamp. The date is the var `as_of_date`, never the clock. A group without rows on those days before passes.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, dialect, macro, asOfDate, arguments: given }) => {
    const { weeks, min_ratio, max_ratio } = given;
    const today = requiredAsOfDate('volume_of_weekday', asOfDate);
    const groups = groupColumns(given.group_by_columns, dialect, ['row_count', 'usual_row_count']);
    const date = macro('date_of', column);
    const day = (back: number) => `date ${dialect.literal(daysBefore(today, 7 * back))}`;
    const days = Array.from({ length: weeks + 1 }, (_, back) => day(back));
    const now = macro('count_if', `${date} = ${day(0)}`);
    const before = macro('count_if', `${date} < ${day(0)}`);
    return lines(
      'select *',
      'from (',
      '  select',
      indented(
        selectItems([...groups.items, `${now} as row_count`, `${before} / ${weeks}.0 as usual_row_count`]),
      ),
      `  from ${tested('', '  ')}`,
      `  where ${date} in (${days.join(', ')})`,
      groupBy(groups.expressions, '  '),
      ') as volumes',
      'where usual_row_count > 0',
      `  and (row_count < ${min_ratio} * usual_row_count or row_count > ${max_ratio} * usual_row_count)`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;

const MILLISECONDS_OF_DAY = 86_400_000;

function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * MILLISECONDS_OF_DAY).toISOString().slice(0, 10);
}
