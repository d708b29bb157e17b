import { type DatePart, datePart, hasUnlikeLengths, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { relationUnion } from '../../relation-union.ts';
import { quote } from '../postgres-text.ts';
import { add, difference } from './date-macros.ts';

export const queryMacros = {
  date_spine: ({ part: partName, from, to, as }) => {
    const part = datePart(partName);
    const name = quote(as ?? `date_${part}`);
    return hasUnlikeLengths(part) ? countedSpine(part, from, to, name) : rangedSpine(part, from, to, name);
  },
  deduplicate: ({ relation, partition_by, order_by }) => `select distinct on (${partition_by}) *
from ${relation}
order by ${partition_by}, ${order_by}`,
  union_relations: ({ relations, columns }) => relationUnion(relations, columns, quote),
} satisfies Partial<MacroBodies>;

/** A series has both its ends; the last moment before the second is as far as it may go. */
function rangedSpine(part: DatePart, from: string, to: string, name: string): string {
  return `select ${isCalendarPart(part) ? 'cast(moment as date)' : 'moment'} as ${name}
from generate_series(
  cast(${from} as timestamp),
  cast(${to} as timestamp) - interval '1 microsecond',
  interval '1 ${part}'
) as spine (moment)`;
}

/** Each moment is counted from the first: behind a February, a chain of months would stay on the 29th. */
function countedSpine(part: DatePart, from: string, to: string, name: string): string {
  const moment = add(part, 'number', `cast(${from} as timestamp)`);
  return `select cast(${moment} as date) as ${name}
from generate_series(0, ${difference(part, from, to)}) as spine (number)
where ${moment} < cast(${to} as timestamp)`;
}
