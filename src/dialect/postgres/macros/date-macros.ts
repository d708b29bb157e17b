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
import { literal } from '../postgres-text.ts';
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
  last_day: ({ moment }) =>
    `cast(date_trunc('month', ${moment}) + interval '1 month' - interval '1 day' as date)`,
  add_months: ({ moment, count }) => addMonths(momentOperand(moment), count),
  months_between: ({ to, from }) => monthsBetween(momentOperand(to), momentOperand(from)),
  to_char: ({ moment, pattern }) => formatMoment(moment, pattern),
  convert_timezone: ({ zone, moment, from = 'UTC' }) =>
    `(cast(${moment} as timestamp) at time zone ${literal(from)} at time zone ${literal(zone)})`,
} satisfies Partial<MacroBodies>;

/** PostgreSQL moves 29 February to the 28th of another year; Redshift, which is the reference, to 1 March. */
export function add(part: DatePart, count: string, moment: string): string {
  const moved = plusInterval(part, count, moment);
  if (part !== 'year') return `(${moved})`;
  const cutShort = `extract(day from ${moved}) < extract(day from ${moment})`;
  return `(${moved} + cast(${cutShort} as integer) * interval '1 day')`;
}

function plusInterval(part: DatePart, count: string, moment: string): string {
  const { unit, units } = intervalOf(part);
  const [, minus, digits] = /^\s*(-?)(\d+)\s*$/.exec(count) ?? [];
  if (digits === undefined) return `${moment} + ${operand(count)} * interval '${units} ${unit}'`;
  return `${moment} ${minus === '-' ? '-' : '+'} interval '${BigInt(digits) * BigInt(units)} ${unit}'`;
}

/** From a month end the way leads over the first of a month, which has no end to be cut at. */
function addMonths(moment: string, count: string): string {
  const viaFirst = `${plusInterval('month', count, nextDay(moment))} - interval '1 day'`;
  return `case when ${isMonthEnd(moment)} then ${viaFirst} else ${plusInterval('month', count, moment)} end`;
}

function monthsBetween(to: string, from: string): string {
  const [lastDay, firstDay] = [to, from].map((moment) => `extract(day from ${moment})`);
  const isWhole = `${lastDay} = ${firstDay} or (${isMonthEnd(to)} and ${isMonthEnd(from)})`;
  const fraction = `case when ${isWhole} then 0 else (${lastDay} - ${firstDay}) / cast(31 as double precision) end`;
  return `(${difference('month', from, to)} + ${fraction})`;
}

function isMonthEnd(moment: string): string {
  return `extract(day from ${nextDay(moment)}) = 1`;
}

function nextDay(moment: string): string {
  return `${moment} + interval '1 day'`;
}

/** PostgreSQL's intervals have no quarter. */
function intervalOf(part: DatePart): { readonly unit: string; readonly units: number } {
  return part === 'quarter' ? { unit: 'month', units: 3 } : { unit: part, units: 1 };
}

const SECONDS = { hour: 3600, minute: 60, second: 1 } as const;

export function difference(part: DatePart, from: string, to: string): string {
  switch (part) {
    case 'day':
      return `cast(cast(${to} as date) - cast(${from} as date) as bigint)`;
    case 'week':
      return `cast((${firstMoment(part, to)} - ${firstMoment(part, from)}) / 7 as bigint)`;
    case 'month':
      return yearsAnd('month', 12, from, to);
    case 'quarter':
      return yearsAnd('quarter', 4, from, to);
    case 'year':
      return `cast(extract(year from ${to}) - extract(year from ${from}) as bigint)`;
    default: {
      const elapsed = `extract(epoch from ${firstMoment(part, to)} - ${firstMoment(part, from)})`;
      const seconds = SECONDS[part];
      return `cast(${elapsed}${seconds === 1 ? '' : ` / ${seconds}`} as bigint)`;
    }
  }
}

function yearsAnd(part: 'month' | 'quarter', inYear: number, from: string, to: string): string {
  const [years, parts] = ['year', part].map(
    (unit) => `extract(${unit} from ${to}) - extract(${unit} from ${from})`,
  );
  return `cast((${years}) * ${inYear} + ${parts} as bigint)`;
}

/** A date must become a timestamp first, else it is cut as one with a time zone. */
function firstMoment(part: DatePart, moment: string): string {
  return isCalendarPart(part)
    ? `cast(date_trunc('${part}', ${moment}) as date)`
    : `date_trunc('${part}', cast(${moment} as timestamp))`;
}

const FIELD_NAMES: Readonly<Partial<Record<DateField, string>>> = {
  iso_year: 'isoyear',
  iso_week: 'week',
  day_of_week: 'isodow',
  day_of_year: 'doy',
};

/** A date has no hours, and the seconds of a timestamp have fractions. */
function field(name: DateField, moment: string): string {
  switch (name) {
    case 'hour':
    case 'minute':
      return `cast(extract(${name} from cast(${moment} as timestamp)) as integer)`;
    case 'second':
      return `cast(floor(extract(second from cast(${moment} as timestamp))) as integer)`;
    default:
      return `cast(extract(${FIELD_NAMES[name] ?? name} from ${operand(moment)}) as integer)`;
  }
}
