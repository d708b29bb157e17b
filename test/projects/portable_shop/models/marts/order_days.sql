{{config sortkey="day"}}
select
  days.date_day as day,
  {{to_char "days.date_day" "Dy DD Mon"}} as label,
  {{iso_week "days.date_day"}} as week,
  count(orders.order_id) as orders,
  {{count_if "orders.plan = 'pro'"}} as pro_orders,
  {{cast_to "coalesce(sum(orders.amount), 0)" "numeric(18,2)"}} as amount,
  {{safe_divide "sum(orders.amount)" "count(orders.order_id)"}} as average,
  {{listagg "orders.email" ", " "orders.email"}} as emails
from ({{date_spine "day" (dateadd "day" -3 (date (var "as_of_date"))) (dateadd "day" 1 (date (var "as_of_date")))}}) as days
left join {{ref "stg_orders"}} as orders
  on {{date_of "orders.ordered_at"}} = days.date_day
group by days.date_day
