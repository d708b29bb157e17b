/** A metric as tall_table, its tests and people's dashboards know it: a column of a published model, explained. */
interface Metric {
  /** The published model that works it out. */
  readonly model: string;
  /** Its column there, which is the metric's name as well. */
  readonly name: string;
  readonly label: string;
  readonly unit: 'users' | 'USD' | 'ratio' | 'count';
  /**
   * What may be summed: `additive` over dates and slice values, `across_dims_only` over slice values of one date,
   * `none` nothing. Never sum two slices.
   */
  readonly additivity: 'additive' | 'across_dims_only' | 'none';
}

/** All metrics, in the order of the catalogue. */
export function metrics(): readonly Metric[] {
  return CATALOGUE;
}

/** The metrics that a model works out. */
export function metricsOf(model: string): readonly Metric[] {
  return CATALOGUE.filter((metric) => metric.model === model);
}

/** The catalogue. A new metric is a new line here, once its model has the column. */
const CATALOGUE: readonly Metric[] = [
  metric('daily', 'dau', 'Daily active users', 'users', 'none'),
  metric('daily', 'wau_7', 'Weekly active users (rolling 7 days)', 'users', 'none'),
  metric('daily', 'mau_28', 'Monthly active users (rolling 28 days)', 'users', 'none'),
  metric('daily', 'new_users', 'New users', 'users', 'none'),
  metric('daily', 'returning_users', 'Returning users', 'users', 'none'),
  metric('daily', 'dau_mau', 'DAU / MAU', 'ratio', 'none'),
  metric('daily', 'stickiness_28', 'Stickiness (28 days)', 'ratio', 'none'),
  metric('daily', 'projects_created', 'Projects created', 'count', 'additive'),
  metric('daily', 'projects_exported', 'Projects exported', 'count', 'additive'),
  metric('daily', 'projects_downloaded', 'Projects downloaded', 'count', 'additive'),
  metric('daily', 'editors_touched', 'Editor touches', 'count', 'additive'),
  metric('daily', 'creators', 'Creators', 'users', 'none'),
  metric('daily', 'exporters', 'Exporters', 'users', 'none'),
  metric('daily', 'events', 'Events', 'count', 'additive'),

  metric('weekly', 'active_users', 'Active users in the week', 'users', 'none'),
  metric('weekly', 'new_users', 'New users in the week', 'users', 'none'),
  metric('weekly', 'retained_users', 'Retained users, week on week', 'users', 'none'),
  metric('weekly', 'resurrected_users', 'Resurrected users in the week', 'users', 'none'),
  metric('weekly', 'churned_users', 'Churned users, week on week', 'users', 'none'),
  metric('weekly', 'quick_ratio', 'Quick ratio, week on week', 'ratio', 'none'),
  metric('weekly', 'retention_rate', 'Retention rate, week on week', 'ratio', 'none'),
  metric('weekly', 'avg_dau', 'Average daily active users in the week', 'users', 'none'),

  metric('monthly', 'active_users', 'Active users in the month', 'users', 'none'),
  metric('monthly', 'new_users', 'New users in the month', 'users', 'none'),
  metric('monthly', 'retained_users', 'Retained users, month on month', 'users', 'none'),
  metric('monthly', 'resurrected_users', 'Resurrected users in the month', 'users', 'none'),
  metric('monthly', 'churned_users', 'Churned users, month on month', 'users', 'none'),
  metric('monthly', 'quick_ratio', 'Quick ratio, month on month', 'ratio', 'none'),
  metric('monthly', 'retention_rate', 'Retention rate, month on month', 'ratio', 'none'),
  metric('monthly', 'avg_dau', 'Average daily active users in the month', 'users', 'none'),

  metric('arr', 'arr_closing', 'ARR', 'USD', 'across_dims_only'),
  metric('arr', 'customers', 'Paying customers', 'users', 'none'),
  metric('arr', 'arr_gross_new', 'Gross new ARR', 'USD', 'none'),
  metric('arr', 'arr_cancelled', 'Cancelled ARR', 'USD', 'none'),
  metric('arr', 'arr_net_new', 'Net new ARR', 'USD', 'additive'),

  metric('arr_bridge', 'arr_opening', 'ARR at the start of the month', 'USD', 'none'),
  metric('arr_bridge', 'arr_new', 'ARR of new customers in the month', 'USD', 'additive'),
  metric('arr_bridge', 'arr_reactivation', 'ARR of returned customers in the month', 'USD', 'additive'),
  metric('arr_bridge', 'arr_expansion', 'ARR expansion in the month', 'USD', 'additive'),
  metric('arr_bridge', 'arr_contraction', 'ARR contraction in the month', 'USD', 'additive'),
  metric('arr_bridge', 'arr_churn', 'ARR churn in the month', 'USD', 'additive'),
  metric('arr_bridge', 'arr_closing', 'ARR at the end of the month', 'USD', 'none'),
  metric('arr_bridge', 'customers_opening', 'Customers at the start of the month', 'users', 'none'),
  metric('arr_bridge', 'customers_new', 'New customers in the month', 'users', 'additive'),
  metric('arr_bridge', 'customers_reactivated', 'Returned customers in the month', 'users', 'none'),
  metric('arr_bridge', 'customers_churned', 'Churned customers in the month', 'users', 'none'),
  metric('arr_bridge', 'customers_closing', 'Customers at the end of the month', 'users', 'none'),
  metric('arr_bridge', 'nrr_12m', 'Net revenue retention (12 months)', 'ratio', 'none'),
  metric('arr_bridge', 'grr_12m', 'Gross revenue retention (12 months)', 'ratio', 'none'),

  metric('arr_cancelled_by_reason', 'amount', 'Cancelled ARR by reason', 'USD', 'additive'),
  metric('arr_cancelled_by_reason', 'customers', 'Customers who cancelled ARR, by reason', 'users', 'none'),
];

function metric(
  model: string,
  name: string,
  label: string,
  unit: Metric['unit'],
  additivity: Metric['additivity'],
): Metric {
  return { model, name, label, unit, additivity };
}
