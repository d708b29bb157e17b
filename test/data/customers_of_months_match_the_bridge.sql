-- Who closes a month with ARR, and with how much, is what the bridge closes on.
select
  bridge.month_start,
  bridge.customers_closing,
  count(customer.user_id) as customers,
  bridge.arr_closing,
  coalesce(sum(customer.arr), 0) as arr
from {{ref "arr_bridge"}} as bridge
left join {{ref "int_customer_month"}} as customer
  on customer.month_start = bridge.month_start
group by
  bridge.month_start,
  bridge.customers_closing,
  bridge.arr_closing
having bridge.customers_closing <> count(customer.user_id)
  or bridge.arr_closing <> coalesce(sum(customer.arr), 0)
