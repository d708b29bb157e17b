select
  days.date_day as day,
  to_char(days.date_day, 'Dy DD Mon') as label,
  cast(extract(week from days.date_day) as integer) as week,
  count(orders.order_id) as orders,
  count(case when orders.plan = 'pro' then 1 end) as pro_orders,
  cast(coalesce(sum(orders.amount), 0) as numeric(18, 2)) as amount,
  (cast(sum(orders.amount) as double precision) / nullif(count(orders.order_id), 0)) as average,
  string_agg(nullif(cast(orders.email as text), ''), ', ' order by orders.email) as emails
from (select cast(moment as date) as date_day
from generate_series(
  cast((date '2024-03-02' - interval '3 day') as timestamp),
  cast((date '2024-03-02' + interval '1 day') as timestamp) - interval '1 microsecond',
  interval '1 day'
) as spine (moment)) as days
left join analytics.stg_orders as orders
  on cast(orders.ordered_at as date) = days.date_day
group by days.date_day
