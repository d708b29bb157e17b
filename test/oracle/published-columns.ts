import type { TextRow } from './text-row.ts';

/** A published relation as its readers expect it: its key, and its columns in order with their types. */
export interface PublishedRelation {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
}

export type ColumnType =
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'integer'
  | 'numeric(18,2)'
  | 'numeric(18,6)'
  | 'varchar';

const SLICE = { slice: 'varchar', slice_value: 'varchar' } as const;

const GROWTH: PublishedRelation = {
  key: ['period_start', 'slice', 'slice_value'],
  columns: {
    period_start: 'date',
    period_end: 'date',
    ...SLICE,
    active_users: 'bigint',
    new_users: 'bigint',
    retained_users: 'bigint',
    resurrected_users: 'bigint',
    churned_users: 'bigint',
    quick_ratio: 'numeric(18,6)',
    retention_rate: 'numeric(18,6)',
    avg_dau: 'numeric(18,6)',
    is_complete: 'boolean',
  },
};

/** Names, order and types of all published columns: a contract with Tableau. */
export const PUBLISHED = {
  daily: {
    key: ['activity_date', 'slice', 'slice_value'],
    columns: {
      activity_date: 'date',
      ...SLICE,
      dau: 'bigint',
      wau_7: 'bigint',
      mau_28: 'bigint',
      new_users: 'bigint',
      returning_users: 'bigint',
      dau_mau: 'numeric(18,6)',
      stickiness_28: 'numeric(18,6)',
      projects_created: 'bigint',
      projects_exported: 'bigint',
      projects_downloaded: 'bigint',
      editors_touched: 'bigint',
      creators: 'bigint',
      exporters: 'bigint',
      events: 'bigint',
      is_warmup: 'boolean',
    },
  },
  weekly: GROWTH,
  monthly: GROWTH,
  retention: {
    key: ['cohort_month', 'month_number'],
    columns: {
      cohort_month: 'date',
      month_number: 'integer',
      cohort_size: 'bigint',
      retained_on: 'bigint',
      retained_on_or_after: 'bigint',
      retention_on: 'numeric(18,6)',
      retention_on_or_after: 'numeric(18,6)',
      is_complete: 'boolean',
    },
  },
  arr: {
    key: ['as_of_day', 'slice', 'slice_value'],
    columns: {
      as_of_day: 'date',
      ...SLICE,
      arr_closing: 'numeric(18,2)',
      customers: 'bigint',
      arr_gross_new: 'numeric(18,2)',
      arr_cancelled: 'numeric(18,2)',
      arr_net_new: 'numeric(18,2)',
    },
  },
  arr_movements: {
    key: ['month_start', 'user_id'],
    columns: {
      month_start: 'date',
      user_id: 'varchar',
      movement: 'varchar',
      arr_opening: 'numeric(18,2)',
      arr_closing: 'numeric(18,2)',
      amount: 'numeric(18,2)',
    },
  },
  arr_bridge: {
    key: ['month_start'],
    columns: {
      month_start: 'date',
      arr_opening: 'numeric(18,2)',
      arr_new: 'numeric(18,2)',
      arr_reactivation: 'numeric(18,2)',
      arr_expansion: 'numeric(18,2)',
      arr_contraction: 'numeric(18,2)',
      arr_churn: 'numeric(18,2)',
      arr_closing: 'numeric(18,2)',
      customers_opening: 'bigint',
      customers_new: 'bigint',
      customers_reactivated: 'bigint',
      customers_churned: 'bigint',
      customers_closing: 'bigint',
      nrr_12m: 'numeric(18,6)',
      grr_12m: 'numeric(18,6)',
      is_complete: 'boolean',
    },
  },
  arr_cancelled_by_reason: {
    key: ['month_start', 'cancel_reason'],
    columns: {
      month_start: 'date',
      cancel_reason: 'varchar',
      amount: 'numeric(18,2)',
      customers: 'bigint',
    },
  },
  tall_table: {
    key: [
      'metric_date',
      'grain',
      'metric',
      'slice',
      'country',
      'platform',
      'plan',
      'subscription_type',
      'cancel_reason',
    ],
    columns: {
      metric_date: 'date',
      period_end: 'date',
      grain: 'varchar',
      metric: 'varchar',
      metric_label: 'varchar',
      unit: 'varchar',
      additivity: 'varchar',
      slice: 'varchar',
      country: 'varchar',
      platform: 'varchar',
      plan: 'varchar',
      subscription_type: 'varchar',
      cancel_reason: 'varchar',
      value: 'numeric(18,6)',
      is_complete: 'boolean',
      as_of_date: 'date',
    },
  },
} as const satisfies Readonly<Record<string, PublishedRelation>>;

export type RelationName = keyof typeof PUBLISHED;

export const RELATION_NAMES = Object.keys(PUBLISHED) as readonly RelationName[];

/** The rows of every published relation. */
export type PublishedRows = Readonly<Record<RelationName, readonly TextRow[]>>;
