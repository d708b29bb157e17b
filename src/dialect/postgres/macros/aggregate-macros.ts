import { countIf, pivotedColumns } from '../../pivoted-columns.ts';
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
  pivot: (pivot) => pivotedColumns(pivot, { quote, literal }),
} satisfies Partial<MacroBodies>;

function percentile(expression: string, fraction: number): string {
  return `percentile_cont(${fraction}) within group (order by cast(${expression} as double precision))`;
}
