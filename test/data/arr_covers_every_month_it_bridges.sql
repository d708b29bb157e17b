-- The bridge has every month of `arr`, and the last row of both tells the same.
select
  bridge.month_start,
  bridge.arr_closing,
  arr.arr_closing as arr_closing_of_day,
  bridge.customers_closing,
  arr.customers
from {{ref "arr"}} as arr
left join {{ref "arr_bridge"}} as bridge
  on bridge.month_start = {{date_trunc "month" "arr.as_of_day"}}
where arr.slice = 'all'
  and (arr.as_of_day = {{last_day "arr.as_of_day"}} or arr.as_of_day = {{date (var "as_of_date")}})
  and (
    bridge.month_start is null
    or bridge.arr_closing <> arr.arr_closing
    or bridge.customers_closing <> arr.customers
  )
