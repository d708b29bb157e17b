import { type DatePart, datePart, isCalendarPart } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { relationUnion } from '../../relation-union.ts';
import { quote } from '../redshift-text.ts';

export const queryMacros = {
  date_spine: ({ part: partName, from, to, as }) => {
    const part = datePart(partName);
    const first = `cast(${from} as timestamp)`;
    const moment = `dateadd(${part}, number, ${first})`;
    return `with digits as (
  ${TEN}
)
select ${isCalendarPart(part) ? `cast(${moment} as date)` : moment} as ${quote(as ?? `date_${part}`)}
from (
${indented(numbers(DIGITS[part]))}
) as spine
where ${moment} < cast(${to} as timestamp)${isCalendarPart(part) ? '' : guard(part, from, to)}`;
  },
  deduplicate: ({ relation, partition_by, order_by }) => `select *
from ${aliased(relation)}
qualify row_number() over (partition by ${partition_by} order by ${order_by}) = 1`,
  union_relations: ({ relations, columns }) => relationUnion(relations, columns, quote),
} satisfies Partial<MacroBodies>;

/** How many decimal digits number the moments of a spine: 273 years of days, 114 of hours, 1.9 of minutes. */
const DIGITS: Readonly<Record<DatePart, number>> = {
  year: 4,
  quarter: 5,
  month: 5,
  week: 5,
  day: 5,
  hour: 6,
  minute: 6,
  second: 6,
};

/** A division by zero, where a spine would end before its time without a word. */
function guard(part: DatePart, from: string, to: string): string {
  return `\n  and 1 / case when datediff(${part}, ${from}, ${to}) > ${10 ** DIGITS[part]} then 0 else 1 end = 1`;
}

/** Without a list of values, which Redshift takes in an INSERT only. */
const TEN = Array.from({ length: 10 }, (_, digit) => `select ${digit}${digit === 0 ? ' as digit' : ''}`).join(
  ' union all ',
);

/**
 * Consecutive numbers from 0 of so many digits, without a table of the user, or a recursive query, which Redshift allows at
 * the top of a statement only.
 */
function numbers(digits: number): string {
  const names = Array.from({ length: digits }, (_, power) => `d${power}`);
  const sum = names.map((name, power) => (power === 0 ? `${name}.digit` : `${10 ** power} * ${name}.digit`));
  const tables = names.map((name) => `digits as ${name}`);
  return `select ${sum.join(' + ')} as number\nfrom ${tables.join('\ncross join ')}`;
}

/** QUALIFY may follow FROM only behind an alias. */
function aliased(relation: string): string {
  return /[\s()]/.test(relation.trim()) ? relation : `${relation} as source_row`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
