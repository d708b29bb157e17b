select
  email,
  case when min(os) is not distinct from 'ios' then 'Apple' when min(os) is null then 'unknown' else 'other' end as device,
  percentile_cont(0.5) within group (order by cast(amount as double precision)) as median_amount,
  cast((extract(year from max(ordered_at)) - extract(year from min(ordered_at))) * 12 + extract(month from max(ordered_at)) - extract(month from min(ordered_at)) as bigint) as months,
  cast(date_trunc('month', max(ordered_at)) + interval '1 month' - interval '1 day' as date) as month_end,
  count(case when plan = 'pro' then 1 end) as orders_pro,
count(case when plan = 'team' then 1 end) as orders_team
from analytics.stg_orders
group by email
