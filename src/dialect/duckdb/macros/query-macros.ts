import { datePart, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { relationUnion } from '../../relation-union.ts';
import { quote } from '../duckdb-text.ts';

export const queryMacros = {
  date_spine: ({ part: partName, from, to, as }) => {
    const part = datePart(partName);
    return `select ${isCalendarPart(part) ? 'cast(moment as date)' : 'moment'} as ${quote(as ?? `date_${part}`)}
from (
  select unnest(range(cast(${from} as timestamp), cast(${to} as timestamp), interval 1 ${part})) as moment
) as spine`;
  },
  deduplicate: ({ relation, partition_by, order_by }) => `select *
from ${relation}
qualify row_number() over (partition by ${partition_by} order by ${order_by}) = 1`,
  union_relations: ({ relations, columns }) => relationUnion(relations, columns, quote),
} satisfies Partial<MacroBodies>;
