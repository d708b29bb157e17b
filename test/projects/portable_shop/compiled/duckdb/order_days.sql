select
  days.date_day as day,
  strftime(days.date_day, '%a %d %b') as label,
  cast(extract(week from days.date_day) as integer) as week,
  count(orders.order_id) as orders,
  count(case when orders.plan = 'pro' then 1 end) as pro_orders,
  cast(coalesce(sum(orders.amount), 0) as decimal(18, 2)) as amount,
  (cast(sum(orders.amount) as double) / nullif(count(orders.order_id), 0)) as average,
  string_agg(nullif(cast(orders.email as varchar), ''), ', ' order by orders.email) as emails
from (select cast(moment as date) as date_day
from (
  select unnest(range(cast((date '2024-03-02' - interval 3 day) as timestamp), cast((date '2024-03-02' + interval 1 day) as timestamp), interval 1 day)) as moment
) as spine) as days
left join analytics.stg_orders as orders
  on cast(orders.ordered_at as date) = days.date_day
group by days.date_day
