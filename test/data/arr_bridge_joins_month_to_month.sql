-- Each month opens with what the month before closed with.
select
  this_month.month_start,
  this_month.arr_opening,
  last_month.arr_closing as arr_closing_month_before,
  this_month.customers_opening,
  last_month.customers_closing as customers_closing_month_before
from {{ref "arr_bridge"}} as this_month
inner join {{ref "arr_bridge"}} as last_month
  on last_month.month_start = {{date_plus "month" -1 "this_month.month_start"}}
where this_month.arr_opening <> last_month.arr_closing
  or this_month.customers_opening <> last_month.customers_closing
