import type { Node } from 'libpg-query';
import { calledName } from '../called-name.ts';
import { asNode, type NodeOf } from '../pg-tree.ts';
import type { PortabilityRule } from '../rule.ts';

/** Functions whose first argument is a part of a date, written as a name or a text. */
const WITH_PART = new Set(['dateadd', 'datediff', 'date_part', 'date_trunc', 'extract']);

const PARTS = new Set([
  ...['millennium', 'millennia', 'mil', 'mils', 'century', 'centuries', 'c', 'cent', 'cents'],
  ...['decade', 'decades', 'dec', 'decs', 'epoch', 'year', 'years', 'y', 'yr', 'yrs'],
  ...['quarter', 'quarters', 'qtr', 'qtrs', 'month', 'months', 'mon', 'mons', 'week', 'weeks', 'w'],
  ...['dayofweek', 'dow', 'dw', 'weekday', 'dayofyear', 'doy', 'dy', 'yearday', 'day', 'days', 'd'],
  ...['hour', 'hours', 'h', 'hr', 'hrs', 'minute', 'minutes', 'm', 'min', 'mins'],
  ...['second', 'seconds', 's', 'sec', 'secs', 'millisecond', 'milliseconds', 'ms', 'msec', 'msecs'],
  ...['msecond', 'mseconds', 'millisec', 'millisecs', 'millisecon', 'microsecond', 'microseconds'],
  ...['microsec', 'microsecs', 'microsecon', 'usec', 'usecs', 'us', 'useconds', 'usecond'],
  ...['timezone', 'timezone_hour', 'timezone_minute'],
]);

/** `date_trunc('isoyear', x)`, `extract(isodow from x)`. */
export const unknownPart: PortabilityRule = {
  code: 'PRT-220',
  severity: 'error',
  what: 'Parts of a date',
  why: 'DATEADD, DATEDIFF, DATE_PART, DATE_TRUNC and EXTRACT know the parts on this page; there is no ISODOW and no ISOYEAR.',
  page: 'r_Dateparts_for_datetime_functions',
  nodes: {
    FuncCall: (call, { report }) => {
      const part = partOf(call);
      if (part === undefined || PARTS.has(part)) return;
      report(call.location, {
        message: `Redshift knows no part "${part}" of a date.`,
        hint: 'Write {{date_part …}}, {{day_of_week …}}, {{iso_week …}} or {{iso_year …}}.',
      });
    },
  },
};

/** `dateadd(m, 1, x)`. */
export const minuteNotMonth: PortabilityRule = {
  code: 'PRT-221',
  severity: 'warning',
  what: 'The date part m',
  why: 'm is a minute; a month is mon or month.',
  page: 'r_Dateparts_for_datetime_functions',
  nodes: {
    FuncCall: (call, { report }) => {
      if (partOf(call) !== 'm') return;
      report(call.location, {
        message: 'Redshift reads the date part m as minute.',
        hint: 'Write month or minute.',
      });
    },
  },
};

/** `datediff(week, a, b)`. */
export const weeksBetween: PortabilityRule = {
  code: 'PRT-222',
  severity: 'warning',
  what: 'DATEDIFF in weeks',
  why: 'Weeks are counted by boundaries on another day than DATE_TRUNC takes, and than other engines take.',
  page: 'r_DATEDIFF_function',
  nodes: {
    FuncCall: (call, { report }) => {
      if (calledName(call.funcname) !== 'datediff' || !['week', 'weeks', 'w'].includes(partOf(call) ?? ''))
        return;
      report(call.location, {
        message: 'Redshift counts the weeks between two dates by boundaries of its own.',
        hint: 'Write {{datediff "week" …}}, or a difference of days between two date_trunc(\'week\', …), divided by 7.',
      });
    },
  },
};

/** The part of a date that a call names, in lower case; undefined where it is an expression. */
function partOf({ funcname, args = [] }: NodeOf<'FuncCall'>): string | undefined {
  return WITH_PART.has(calledName(funcname)) ? partName(args[0]) : undefined;
}

function partName(argument: Node | undefined): string | undefined {
  const text = asNode(argument, 'A_Const')?.sval?.sval;
  if (text !== undefined) return text.toLowerCase();
  const fields = asNode(argument, 'ColumnRef')?.fields ?? [];
  return fields.length === 1 ? asNode(fields[0], 'String')?.sval?.toLowerCase() : undefined;
}
