import { dayOf, isoDate, monthOf } from './calendar.ts';
import { METRICS } from './metric.ts';
import type { PublishedRows } from './published-columns.ts';
import { ALL } from './spelling.ts';
import { cell, required, type TextRow } from './text-row.ts';

type Source = Exclude<keyof PublishedRows, 'retention' | 'arr_movements' | 'tall_table'>;

/** The rows of `tall_table`: a row for each number of the other relations that is there. */
export function tallRows(published: Omit<PublishedRows, 'tall_table'>, asOf: string): readonly TextRow[] {
  return (Object.keys(PERIODS) as readonly Source[]).flatMap((relation) =>
    published[relation].flatMap((row) => tallRowsOf(relation, row, asOf)),
  );
}

interface MetricPeriod {
  readonly grain: 'day' | 'week' | 'month';
  readonly date: string;
  readonly end: string;
}

const PERIODS: Readonly<Record<Source, (row: TextRow) => MetricPeriod>> = {
  daily: (row) => dayPeriod(required(row, 'activity_date')),
  weekly: (row) => ({
    grain: 'week',
    date: required(row, 'period_start'),
    end: required(row, 'period_end'),
  }),
  monthly: (row) => monthPeriod(required(row, 'period_start')),
  arr: (row) => dayPeriod(required(row, 'as_of_day')),
  arr_bridge: (row) => monthPeriod(required(row, 'month_start')),
  arr_cancelled_by_reason: (row) => monthPeriod(required(row, 'month_start')),
};

function dayPeriod(date: string): MetricPeriod {
  return { grain: 'day', date, end: date };
}

function monthPeriod(date: string): MetricPeriod {
  return { grain: 'month', date, end: isoDate(monthOf(dayOf(date)).end) };
}

function tallRowsOf(relation: Source, row: TextRow, asOf: string): readonly TextRow[] {
  const { grain, date, end } = PERIODS[relation](row);
  return Object.entries(METRICS[relation]).flatMap(([metric, { label, unit, additivity }]) => {
    const value = cell(row, metric);
    if (value === null) return [];
    return [
      {
        metric_date: date,
        period_end: end,
        grain,
        metric,
        metric_label: label,
        unit,
        additivity,
        ...dimensionsOf(row),
        value: atSixDecimals(value),
        is_complete: `${end <= asOf}`,
        as_of_date: asOf,
      },
    ];
  });
}

const DIMENSIONS = ['country', 'platform', 'plan', 'subscription_type', 'cancel_reason'];

function dimensionsOf(row: TextRow): TextRow {
  const { slice, value } = sliceOf(row);
  const dimensions = DIMENSIONS.map((dimension) => [dimension, dimension === slice ? value : ALL]);
  return { slice, ...Object.fromEntries(dimensions) };
}

function sliceOf(row: TextRow): { readonly slice: string; readonly value: string } {
  if (row['cancel_reason'] !== undefined) {
    return { slice: 'cancel_reason', value: required(row, 'cancel_reason') };
  }
  if (row['slice'] === undefined) return { slice: 'all', value: ALL };
  return { slice: required(row, 'slice'), value: required(row, 'slice_value') };
}

function atSixDecimals(value: string): string {
  const [whole = '', fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}
