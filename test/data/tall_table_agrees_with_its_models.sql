-- Every metric of the catalogue has in tall_table as many values as in its model, and they add up to the same;
-- and tall_table has no other metric.
with in_model as (

{{#each (metricsOf "daily") as |metric|}}
  select
    'day' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "daily"}}

  union all

{{/each}}
{{#each (metricsOf "weekly") as |metric|}}
  select
    'week' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "weekly"}}

  union all

{{/each}}
{{#each (metricsOf "monthly") as |metric|}}
  select
    'month' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "monthly"}}

  union all

{{/each}}
{{#each (metricsOf "arr") as |metric|}}
  select
    'day' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "arr"}}

  union all

{{/each}}
{{#each (metricsOf "arr_bridge") as |metric|}}
  select
    'month' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "arr_bridge"}}

  union all

{{/each}}
{{#each (metricsOf "arr_cancelled_by_reason") as |metric|}}
  select
    'month' as grain,
    {{literal metric.name}} as metric,
    count({{metric.name}}) as observations,
    coalesce(sum(cast({{metric.name}} as numeric(18, 6))), 0) as total
  from {{ref "arr_cancelled_by_reason"}}

  union all

{{/each}}
  -- what the last `union all` joins to
  select
    grain,
    metric,
    0 as observations,
    0 as total
  from {{ref "tall_table"}}
  where false

),

in_tall as (

  select
    grain,
    metric,
    count(*) as observations,
    sum(value) as total
  from {{ref "tall_table"}}
  group by
    grain,
    metric

)

select
  coalesce(in_model.grain, in_tall.grain) as grain,
  coalesce(in_model.metric, in_tall.metric) as metric,
  in_model.observations as observations_in_model,
  in_tall.observations as observations_in_tall,
  in_model.total as total_in_model,
  in_tall.total as total_in_tall
from in_model
full join in_tall
  on in_tall.grain = in_model.grain
  and in_tall.metric = in_model.metric
where in_model.metric is null
  or in_model.observations <> coalesce(in_tall.observations, 0)
  or in_model.total <> coalesce(in_tall.total, 0)
