import {
  type DateField,
  type DatePart,
  dateField,
  datePart,
  isCalendarPart,
  momentOperand,
  operand,
} from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal } from '../duckdb-text.ts';
import { formatMoment } from './moment-format.ts';

export const dateMacros = {
  dateadd: ({ part, count, moment }) => add(datePart(part), count, momentOperand(moment)),
  datediff: ({ part, from, to }) => difference(datePart(part), from, to),
  date_trunc: ({ part, moment }) => firstMoment(datePart(part), moment),
  date_part: ({ part, moment }) => field(dateField(part), moment),
  iso_week: ({ moment }) => field('iso_week', moment),
  iso_year: ({ moment }) => field('iso_year', moment),
  day_of_week: ({ moment }) => field('day_of_week', moment),
  date_of: ({ moment }) => `cast(${moment} as date)`,
  last_day: ({ moment }) => `last_day(${moment})`,
  add_months: ({ moment, count }) => addMonths(momentOperand(moment), count),
  months_between: ({ to, from }) => monthsBetween(momentOperand(to), momentOperand(from)),
  to_char: ({ moment, pattern }) => formatMoment(moment, pattern),
  convert_timezone: ({ zone, moment, from = 'UTC' }) =>
    `(cast(${moment} as timestamp) at time zone ${literal(from)} at time zone ${literal(zone)})`,
} satisfies Partial<MacroBodies>;

/** DuckDB moves 29 February to the 28th of another year; Redshift, which is the reference, to 1 March. */
export function add(part: DatePart, count: string, moment: string): string {
  const moved = plusInterval(part, count, moment);
  return part === 'year'
    ? `(${moved} + to_days(cast(extract(day from ${moved}) < extract(day from ${moment}) as integer)))`
    : `(${moved})`;
}

function plusInterval(part: DatePart, count: string, moment: string): string {
  const [, minus, digits] = /^\s*(-?)(\d+)\s*$/.exec(count) ?? [];
  if (digits === undefined) return `${moment} + interval (${count}) ${part}`;
  return `${moment} ${minus === '-' ? '-' : '+'} interval ${digits} ${part}`;
}

/** From a month end the way leads over the first of a month, which has no end to be cut at. */
function addMonths(moment: string, count: string): string {
  const viaFirst = `${plusInterval('month', count, nextDay(moment))} - interval 1 day`;
  return `case when ${isMonthEnd(moment)} then ${viaFirst} else ${plusInterval('month', count, moment)} end`;
}

function monthsBetween(to: string, from: string): string {
  const [lastDay, firstDay] = [to, from].map((moment) => `extract(day from ${moment})`);
  const isWhole = `${lastDay} = ${firstDay} or (${isMonthEnd(to)} and ${isMonthEnd(from)})`;
  const fraction = `case when ${isWhole} then 0 else (${lastDay} - ${firstDay}) / cast(31 as double) end`;
  return `(${difference('month', from, to)} + ${fraction})`;
}

function isMonthEnd(moment: string): string {
  return `extract(day from ${nextDay(moment)}) = 1`;
}

function nextDay(moment: string): string {
  return `${moment} + interval 1 day`;
}

/** DuckDB's own difference in weeks does not count from Monday to Monday. */
export function difference(part: DatePart, from: string, to: string): string {
  return part === 'week'
    ? `(date_diff('day', date_trunc('week', ${from}), date_trunc('week', ${to})) // 7)`
    : `date_diff('${part}', ${from}, ${to})`;
}

function firstMoment(part: DatePart, moment: string): string {
  const truncated = `date_trunc('${part}', ${moment})`;
  return isCalendarPart(part) ? `cast(${truncated} as date)` : truncated;
}

const FIELD_NAMES: Readonly<Partial<Record<DateField, string>>> = {
  iso_year: 'isoyear',
  iso_week: 'week',
  day_of_week: 'isodow',
  day_of_year: 'doy',
};

function field(name: DateField, moment: string): string {
  return `cast(extract(${FIELD_NAMES[name] ?? name} from ${operand(moment)}) as integer)`;
}
