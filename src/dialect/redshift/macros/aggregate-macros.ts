import { countIf, pivotedColumns } from '../../pivoted-columns.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal, quote } from '../redshift-text.ts';
import { redshiftType } from '../redshift-type.ts';

/** Of medians, percentiles and lists, those in one SELECT must all have the same order: a rule of Redshift's. */
export const aggregateMacros = {
  median: ({ expression }) => `median(cast(${expression} as double precision))`,
  percentile: ({ expression, fraction }) =>
    `percentile_cont(${fraction}) within group (order by cast(${expression} as double precision))`,
  count_if: ({ condition }) => countIf(condition),
  bool_or: ({ condition }) => `bool_or(${condition})`,
  bool_and: ({ condition }) => `bool_and(${condition})`,
  listagg: ({ expression, separator, order_by }) =>
    `listagg(nullif(cast(${expression} as ${redshiftType({ kind: 'varchar' })}), ''), ${literal(separator)}) within group (order by ${order_by})`,
  pivot: (pivot) => pivotedColumns(pivot, { quote, literal }),
} satisfies Partial<MacroBodies>;
