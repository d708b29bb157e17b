import { type DatePart, datePart, hasUnlikeLengths, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { relationUnion } from '../../relation-union.ts';
import { quote } from '../duckdb-text.ts';
import { add, difference } from './date-macros.ts';

export const queryMacros = {
  date_spine: ({ part: partName, from, to, as }) => {
    const part = datePart(partName);
    const name = quote(as ?? `date_${part}`);
    return hasUnlikeLengths(part) ? countedSpine(part, from, to, name) : rangedSpine(part, from, to, name);
  },
  deduplicate: ({ relation, partition_by, order_by }) => `select *
from ${relation}
qualify row_number() over (partition by ${partition_by} order by ${order_by}) = 1`,
  union_relations: ({ relations, columns }) => relationUnion(relations, columns, quote),
} satisfies Partial<MacroBodies>;

function rangedSpine(part: DatePart, from: string, to: string, name: string): string {
  return `select ${isCalendarPart(part) ? 'cast(moment as date)' : 'moment'} as ${name}
from (
  select unnest(range(cast(${from} as timestamp), cast(${to} as timestamp), interval 1 ${part})) as moment
) as spine`;
}

/** Each moment is counted from the first: behind a February, a chain of months would stay on the 29th. */
function countedSpine(part: DatePart, from: string, to: string, name: string): string {
  const moment = add(part, 'number', `cast(${from} as timestamp)`);
  return `select cast(${moment} as date) as ${name}
from (
  select unnest(range(${difference(part, from, to)} + 1)) as number
) as spine
where ${moment} < cast(${to} as timestamp)`;
}
