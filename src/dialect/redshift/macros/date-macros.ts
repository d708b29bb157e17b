import { type DatePart, dateField, datePart, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal } from '../redshift-text.ts';
import { field } from './date-field.ts';
import { formatMoment } from './moment-format.ts';

/** Date parts are written out: short for a month, `m` is a minute. */
export const dateMacros = {
  dateadd: ({ part, count, moment }) => `dateadd(${datePart(part)}, ${count}, ${moment})`,
  datediff: ({ part, from, to }) => difference(datePart(part), from, to),
  date_trunc: ({ part, moment }) => firstMoment(datePart(part), moment),
  date_part: ({ part, moment }) => field(dateField(part), moment),
  iso_week: ({ moment }) => field('iso_week', moment),
  iso_year: ({ moment }) => field('iso_year', moment),
  day_of_week: ({ moment }) => field('day_of_week', moment),
  date_of: ({ moment }) => `cast(${moment} as date)`,
  last_day: ({ moment }) => `last_day(${moment})`,
  add_months: ({ moment, count }) => `add_months(${moment}, ${count})`,
  months_between: ({ to, from }) => `months_between(cast(${to} as date), cast(${from} as date))`,
  to_char: ({ moment, pattern }) => formatMoment(moment, pattern),
  convert_timezone: ({ zone, moment, from = 'UTC' }) =>
    `convert_timezone(${literal(from)}, ${literal(zone)}, cast(${moment} as timestamp))`,
} satisfies Partial<MacroBodies>;

/** Redshift's own weeks begin on another day than its `date_trunc` says. */
function difference(part: DatePart, from: string, to: string): string {
  return part === 'week'
    ? `(datediff(day, date_trunc('week', ${from}), date_trunc('week', ${to})) / 7)`
    : `datediff(${part}, ${from}, ${to})`;
}

function firstMoment(part: DatePart, moment: string): string {
  const truncated = `date_trunc('${part}', ${moment})`;
  return isCalendarPart(part) ? `cast(${truncated} as date)` : truncated;
}
