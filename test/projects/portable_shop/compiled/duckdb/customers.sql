select
  email,
  case when min(os) is not distinct from 'ios' then 'Apple' when min(os) is null then 'unknown' else 'other' end as device,
  median(cast(amount as double)) as median_amount,
  date_diff('month', min(ordered_at), max(ordered_at)) as months,
  last_day(max(ordered_at)) as month_end,
  count(case when plan = 'pro' then 1 end) as orders_pro,
count(case when plan = 'team' then 1 end) as orders_team
from analytics.stg_orders
group by email
