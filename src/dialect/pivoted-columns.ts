import type { Dialect } from './dialect.ts';
import { some } from './macro-argument.ts';

/** What a pivot is made of: the values of a column, and what is aggregated for each. */
export interface PivotArguments {
  readonly column: string;
  readonly values: readonly string[];
  readonly aggregate?: string;
  readonly value?: string;
  readonly otherwise?: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** One aggregate over `case` for each value, a line each. */
export function pivotedColumns(
  { column, values, prefix = '', suffix = '', ...pivoted }: PivotArguments,
  { quote, literal }: Pick<Dialect, 'quote' | 'literal'>,
): string {
  return some(values, 'value')
    .map((value) => {
      const name = quote(`${prefix}${value}${suffix}`);
      return `${aggregateWhere(`${column} = ${literal(value)}`, pivoted)} as ${name}`;
    })
    .join(',\n');
}

/** The number of rows for which a condition is true. */
export function countIf(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}

/** Rows are counted rather than ones summed, whose sum is of another type on every engine. */
function aggregateWhere(
  condition: string,
  { aggregate, value, otherwise = '0' }: Pick<PivotArguments, 'aggregate' | 'value' | 'otherwise'>,
): string {
  if (aggregate === undefined && value === undefined) return countIf(condition);
  return `${aggregate ?? 'sum'}(case when ${condition} then ${value ?? '1'} else ${otherwise} end)`;
}
