import { some } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal, quote } from '../duckdb-text.ts';

export const aggregateMacros = {
  median: ({ expression }) => `median(cast(${expression} as double))`,
  percentile: ({ expression, fraction }) => `quantile_cont(cast(${expression} as double), ${fraction})`,
  count_if: ({ condition }) => countIf(condition),
  bool_or: ({ condition }) => `bool_or(${condition})`,
  bool_and: ({ condition }) => `bool_and(${condition})`,
  listagg: ({ expression, separator, order_by }) =>
    `string_agg(nullif(cast(${expression} as varchar), ''), ${literal(separator)} order by ${order_by})`,
  pivot: ({ column, values, prefix = '', suffix = '', ...pivoted }) =>
    some(values, 'value')
      .map((value) => {
        const name = quote(`${prefix}${value}${suffix}`);
        return `${pivotAggregate(pivoted, `${column} = ${literal(value)}`)} as ${name}`;
      })
      .join(',\n'),
} satisfies Partial<MacroBodies>;

function countIf(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

interface PivotedValues {
  readonly aggregate?: string;
  readonly value?: string;
  readonly otherwise?: string;
}

/** Rows are counted rather than ones summed, whose sum would be a HUGEINT. */
function pivotAggregate({ aggregate, value, otherwise = '0' }: PivotedValues, condition: string): string {
  if (aggregate === undefined && value === undefined) return countIf(condition);
  return `${aggregate ?? 'sum'}(case when ${condition} then ${value ?? '1'} else ${otherwise} end)`;
}
