import type { RelationName } from './published-columns.ts';

/** What a metric measures, and over what its values may be summed. */
export interface Metric {
  readonly label: string;
  readonly unit: 'users' | 'USD' | 'ratio' | 'count';
  readonly additivity: 'additive' | 'across_dims_only' | 'none';
}

type Metrics = Readonly<Record<string, Metric>>;

const GROWTH: Metrics = {
  active_users: { label: 'Active users', unit: 'users', additivity: 'none' },
  new_users: { label: 'New users', unit: 'users', additivity: 'none' },
  retained_users: { label: 'Retained users', unit: 'users', additivity: 'none' },
  resurrected_users: { label: 'Resurrected users', unit: 'users', additivity: 'none' },
  churned_users: { label: 'Churned users', unit: 'users', additivity: 'none' },
  quick_ratio: { label: 'Quick ratio', unit: 'ratio', additivity: 'none' },
  retention_rate: { label: 'Retention rate', unit: 'ratio', additivity: 'none' },
  avg_dau: { label: 'Average DAU', unit: 'users', additivity: 'none' },
};

/** The metrics of `tall_table`, by the relation and column that they come from. */
export const METRICS = {
  daily: {
    dau: { label: 'Daily active users', unit: 'users', additivity: 'none' },
    wau_7: { label: 'Weekly active users (7 days)', unit: 'users', additivity: 'none' },
    mau_28: { label: 'Monthly active users (28 days)', unit: 'users', additivity: 'none' },
    new_users: { label: 'New users', unit: 'users', additivity: 'none' },
    returning_users: { label: 'Returning users', unit: 'users', additivity: 'none' },
    dau_mau: { label: 'DAU / MAU', unit: 'ratio', additivity: 'none' },
    stickiness_28: { label: 'Stickiness (28 days)', unit: 'ratio', additivity: 'none' },
    projects_created: { label: 'Projects created', unit: 'count', additivity: 'additive' },
    projects_exported: { label: 'Projects exported', unit: 'count', additivity: 'additive' },
    projects_downloaded: { label: 'Projects downloaded', unit: 'count', additivity: 'additive' },
    editors_touched: { label: 'Editors touched', unit: 'count', additivity: 'additive' },
    creators: { label: 'Creators', unit: 'users', additivity: 'none' },
    exporters: { label: 'Exporters', unit: 'users', additivity: 'none' },
    events: { label: 'Events', unit: 'count', additivity: 'additive' },
  },
  weekly: GROWTH,
  monthly: GROWTH,
  arr: {
    arr_closing: { label: 'ARR', unit: 'USD', additivity: 'across_dims_only' },
    customers: { label: 'Customers', unit: 'users', additivity: 'none' },
    arr_gross_new: { label: 'Gross new ARR', unit: 'USD', additivity: 'none' },
    arr_cancelled: { label: 'Cancelled ARR', unit: 'USD', additivity: 'none' },
    arr_net_new: { label: 'Net new ARR', unit: 'USD', additivity: 'additive' },
  },
  arr_bridge: {
    arr_opening: { label: 'Opening ARR', unit: 'USD', additivity: 'across_dims_only' },
    arr_new: { label: 'New ARR', unit: 'USD', additivity: 'additive' },
    arr_reactivation: { label: 'Reactivation ARR', unit: 'USD', additivity: 'additive' },
    arr_expansion: { label: 'Expansion ARR', unit: 'USD', additivity: 'additive' },
    arr_contraction: { label: 'Contraction ARR', unit: 'USD', additivity: 'additive' },
    arr_churn: { label: 'Churned ARR', unit: 'USD', additivity: 'additive' },
    arr_closing: { label: 'ARR', unit: 'USD', additivity: 'across_dims_only' },
    customers_opening: { label: 'Opening customers', unit: 'users', additivity: 'across_dims_only' },
    customers_new: { label: 'New customers', unit: 'users', additivity: 'additive' },
    customers_reactivated: { label: 'Reactivated customers', unit: 'users', additivity: 'additive' },
    customers_churned: { label: 'Churned customers', unit: 'users', additivity: 'additive' },
    customers_closing: { label: 'Closing customers', unit: 'users', additivity: 'across_dims_only' },
    nrr_12m: { label: 'Net revenue retention (12 months)', unit: 'ratio', additivity: 'none' },
    grr_12m: { label: 'Gross revenue retention (12 months)', unit: 'ratio', additivity: 'none' },
  },
  arr_cancelled_by_reason: {
    amount: { label: 'Cancelled ARR by reason', unit: 'USD', additivity: 'additive' },
    customers: { label: 'Customers', unit: 'users', additivity: 'none' },
  },
} as const satisfies Readonly<Partial<Record<RelationName, Metrics>>>;
