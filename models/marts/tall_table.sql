{{config publish="table" dist="even" sort=(list "grain" "metric" "metric_date")}}
-- Every published metric as rows, for one data source in Tableau: a new metric is a new row, never a new column.
-- Each model gives its rows once for each of its metrics in the catalogue (macros/metrics.ts). A view of this
-- table filters exactly one slice; `additivity` says what may be summed within it.
with observation as (

  select
    observed.activity_date as metric_date,
    observed.activity_date as period_end,
    'day' as grain,
    observed.slice,
    observed.slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "daily") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    true as is_complete
  from {{ref "daily"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'daily'

  union all

  select
    observed.period_start as metric_date,
    observed.period_end,
    'week' as grain,
    observed.slice,
    observed.slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "weekly") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    observed.is_complete
  from {{ref "weekly"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'weekly'

  union all

  select
    observed.period_start as metric_date,
    observed.period_end,
    'month' as grain,
    observed.slice,
    observed.slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "monthly") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    observed.is_complete
  from {{ref "monthly"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'monthly'

  union all

  select
    observed.as_of_day as metric_date,
    observed.as_of_day as period_end,
    'day' as grain,
    observed.slice,
    observed.slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "arr") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    true as is_complete
  from {{ref "arr"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'arr'

  union all

  select
    observed.month_start as metric_date,
    {{last_day "observed.month_start"}} as period_end,
    'month' as grain,
    'all' as slice,
    '(all)' as slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "arr_bridge") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    observed.is_complete
  from {{ref "arr_bridge"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'arr_bridge'

  union all

  select
    observed.month_start as metric_date,
    {{last_day "observed.month_start"}} as period_end,
    'month' as grain,
    'cancel_reason' as slice,
    observed.cancel_reason as slice_value,
    metric.metric,
    metric.metric_label,
    metric.unit,
    metric.additivity,
    case metric.metric
{{#each (metricsOf "arr_cancelled_by_reason") as |metric|}}
      when {{literal metric.name}} then cast(observed.{{metric.name}} as numeric(18, 6))
{{/each}}
    end as value,
    {{last_day "observed.month_start"}} <= {{date (var "as_of_date")}} as is_complete
  from {{ref "arr_cancelled_by_reason"}} as observed
  cross join {{ref "int_metric"}} as metric
  where metric.model = 'arr_cancelled_by_reason'

)

select
  cast(metric_date as date) as metric_date,
  cast(period_end as date) as period_end,
  cast(grain as varchar) as grain,
  cast(metric as varchar) as metric,
  cast(metric_label as varchar) as metric_label,
  cast(unit as varchar) as unit,
  cast(additivity as varchar) as additivity,
  cast(slice as varchar) as slice,
{{#each (list "country" "platform" "plan" "subscription_type" "cancel_reason") as |dimension|}}
  cast(case when slice = '{{dimension}}' then slice_value else '(all)' end as varchar) as {{dimension}},
{{/each}}
  cast(value as numeric(18, 6)) as value,
  cast(is_complete as boolean) as is_complete,
  {{date (var "as_of_date")}} as as_of_date
from observation
where value is not null
