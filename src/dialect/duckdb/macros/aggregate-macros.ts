import { countIf, pivotedColumns } from '../../pivoted-columns.ts';
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
  pivot: (pivot) => pivotedColumns(pivot, { quote, literal }),
} satisfies Partial<MacroBodies>;
