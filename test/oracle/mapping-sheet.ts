import { type Day, daysBetween, isoDate, monthOf, weekOf } from './calendar.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `mapping_sheet` for some days. */
export function mappingSheet(first: Day, last: Day): readonly TextRow[] {
  return daysBetween(first, last).map((day) => {
    const date = isoDate(day);
    const [year = '', month = ''] = date.split('-');
    const quarter = Math.ceil(Number(month) / 3);
    const week = weekOf(day);
    const isoYear = isoDate(week.start + 3).slice(0, 4);
    const firstThursday = [1, 2, 3, 4, 5, 6, 7]
      .map((dayOfMonth) => Date.UTC(Number(isoYear), 0, dayOfMonth) / 86_400_000)
      .find((each) => each - weekOf(each).start === 3);
    const isoWeek = `${(week.start + 3 - (firstThursday ?? 0)) / 7 + 1}`;
    return {
      date,
      week: isoWeek,
      quarter: `${quarter}`,
      year,
      iso_year: isoYear,
      iso_week: isoWeek,
      week_start: isoDate(week.start),
      month_start: isoDate(monthOf(day).start),
      quarter_start: `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`,
      is_weekend: `${day - week.start >= 5}`,
    };
  });
}
