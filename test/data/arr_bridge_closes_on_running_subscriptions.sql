-- The closing ARR, which is a running sum of movements, is what the subscriptions in force add up to.
select
  bridge.month_start,
  bridge.arr_closing,
  coalesce(sum(period.arr_amount), 0) as arr_in_force
from {{ref "arr_bridge"}} as bridge
inner join {{ref "int_revenue_month"}} as month
  on month.month_start = bridge.month_start
left join {{ref "int_subscription_periods"}} as period
  on period.valid_from <= month.month_end
  and (period.valid_to is null or period.valid_to > month.month_end)
group by
  bridge.month_start,
  bridge.arr_closing
having bridge.arr_closing <> coalesce(sum(period.arr_amount), 0)
