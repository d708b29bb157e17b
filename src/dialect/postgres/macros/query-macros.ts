import { datePart, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { relationUnion } from '../../relation-union.ts';
import { quote } from '../postgres-text.ts';
import { step } from './date-macros.ts';

export const queryMacros = {
  /** A series has both its ends; the last moment before the second is as far as it may go. */
  date_spine: ({ part: partName, from, to, as }) => {
    const part = datePart(partName);
    return `select ${isCalendarPart(part) ? 'cast(moment as date)' : 'moment'} as ${quote(as ?? `date_${part}`)}
from generate_series(
  cast(${from} as timestamp),
  cast(${to} as timestamp) - interval '1 microsecond',
  ${step(part)}
) as spine (moment)`;
  },
  deduplicate: ({ relation, partition_by, order_by }) => `select distinct on (${partition_by}) *
from ${relation}
order by ${partition_by}, ${order_by}`,
  union_relations: ({ relations, columns }) => relationUnion(relations, columns, quote),
} satisfies Partial<MacroBodies>;
