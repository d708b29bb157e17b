import { some } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal, quote } from '../postgres-text.ts';

export const aggregateMacros = {
  median: ({ expression }) => percentile(expression, 0.5),
  percentile: ({ expression, fraction }) => percentile(expression, fraction),
  count_if: ({ condition }) => countIf(condition),
  bool_or: ({ condition }) => `bool_or(${condition})`,
  bool_and: ({ condition }) => `bool_and(${condition})`,
  listagg: ({ expression, separator, order_by }) =>
    `string_agg(nullif(cast(${expression} as text), ''), ${literal(separator)} order by ${order_by})`,
  pivot: ({ column, values, prefix = '', suffix = '', ...pivoted }) =>
    some(values, 'value')
      .map((value) => {
        const name = quote(`${prefix}${value}${suffix}`);
        return `${pivotAggregate(pivoted, `${column} = ${literal(value)}`)} as ${name}`;
      })
      .join(',\n'),
} satisfies Partial<MacroBodies>;

function percentile(expression: string, fraction: number): string {
  return `percentile_cont(${fraction}) within group (order by cast(${expression} as double precision))`;
}

function countIf(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

interface PivotedValues {
  readonly aggregate?: string;
  readonly value?: string;
  readonly otherwise?: string;
}

function pivotAggregate({ aggregate, value, otherwise = '0' }: PivotedValues, condition: string): string {
  if (aggregate === undefined && value === undefined) return countIf(condition);
  return `${aggregate ?? 'sum'}(case when ${condition} then ${value ?? '1'} else ${otherwise} end)`;
}
