import type { RelationName } from './published-columns.ts';

/** What a metric measures, and over what its values may be summed. */
interface Metric {
  readonly label: string;
  readonly unit: 'users' | 'USD' | 'ratio' | 'count';
  readonly additivity: 'additive' | 'across_dims_only' | 'none';
}

type Metrics = Readonly<Record<string, Metric>>;

/** The metrics of `tall_table`, by the relation and column that they come from. */
export const METRICS = {
  daily: {
    dau: metric('Daily active users', 'users', 'none'),
    wau_7: metric('Weekly active users (rolling 7 days)', 'users', 'none'),
    mau_28: metric('Monthly active users (rolling 28 days)', 'users', 'none'),
    new_users: metric('New users', 'users', 'none'),
    returning_users: metric('Returning users', 'users', 'none'),
    dau_mau: metric('DAU / MAU', 'ratio', 'none'),
    stickiness_28: metric('Stickiness (28 days)', 'ratio', 'none'),
    projects_created: metric('Projects created', 'count', 'additive'),
    projects_exported: metric('Projects exported', 'count', 'additive'),
    projects_downloaded: metric('Projects downloaded', 'count', 'additive'),
    editors_touched: metric('Editor touches', 'count', 'additive'),
    creators: metric('Creators', 'users', 'none'),
    exporters: metric('Exporters', 'users', 'none'),
    events: metric('Events', 'count', 'additive'),
  },
  weekly: {
    active_users: metric('Active users in the week', 'users', 'none'),
    new_users: metric('New users in the week', 'users', 'none'),
    retained_users: metric('Retained users, week on week', 'users', 'none'),
    resurrected_users: metric('Resurrected users in the week', 'users', 'none'),
    churned_users: metric('Churned users, week on week', 'users', 'none'),
    quick_ratio: metric('Quick ratio, week on week', 'ratio', 'none'),
    retention_rate: metric('Retention rate, week on week', 'ratio', 'none'),
    avg_dau: metric('Average daily active users in the week', 'users', 'none'),
  },
  monthly: {
    active_users: metric('Active users in the month', 'users', 'none'),
    new_users: metric('New users in the month', 'users', 'none'),
    retained_users: metric('Retained users, month on month', 'users', 'none'),
    resurrected_users: metric('Resurrected users in the month', 'users', 'none'),
    churned_users: metric('Churned users, month on month', 'users', 'none'),
    quick_ratio: metric('Quick ratio, month on month', 'ratio', 'none'),
    retention_rate: metric('Retention rate, month on month', 'ratio', 'none'),
    avg_dau: metric('Average daily active users in the month', 'users', 'none'),
  },
  arr: {
    arr_closing: metric('ARR', 'USD', 'across_dims_only'),
    customers: metric('Paying customers', 'users', 'none'),
    arr_gross_new: metric('Gross new ARR', 'USD', 'none'),
    arr_cancelled: metric('Cancelled ARR', 'USD', 'none'),
    arr_net_new: metric('Net new ARR', 'USD', 'additive'),
  },
  arr_bridge: {
    arr_opening: metric('ARR at the start of the month', 'USD', 'none'),
    arr_new: metric('ARR of new customers in the month', 'USD', 'additive'),
    arr_reactivation: metric('ARR of returned customers in the month', 'USD', 'additive'),
    arr_expansion: metric('ARR expansion in the month', 'USD', 'additive'),
    arr_contraction: metric('ARR contraction in the month', 'USD', 'additive'),
    arr_churn: metric('ARR churn in the month', 'USD', 'additive'),
    arr_closing: metric('ARR at the end of the month', 'USD', 'none'),
    customers_opening: metric('Customers at the start of the month', 'users', 'none'),
    customers_new: metric('New customers in the month', 'users', 'additive'),
    customers_reactivated: metric('Returned customers in the month', 'users', 'none'),
    customers_churned: metric('Churned customers in the month', 'users', 'none'),
    customers_closing: metric('Customers at the end of the month', 'users', 'none'),
    nrr_12m: metric('Net revenue retention (12 months)', 'ratio', 'none'),
    grr_12m: metric('Gross revenue retention (12 months)', 'ratio', 'none'),
  },
  arr_cancelled_by_reason: {
    amount: metric('Cancelled ARR by reason', 'USD', 'additive'),
    customers: metric('Customers who cancelled ARR, by reason', 'users', 'none'),
  },
} as const satisfies Readonly<Partial<Record<RelationName, Metrics>>>;

function metric(label: string, unit: Metric['unit'], additivity: Metric['additivity']): Metric {
  return { label, unit, additivity };
}
