-- ARR is that of the day before and the day's net.
select
  today.as_of_day,
  today.slice,
  today.slice_value,
  today.arr_closing,
  yesterday.arr_closing as arr_closing_day_before,
  today.arr_net_new
from {{ref "arr"}} as today
inner join {{ref "arr"}} as yesterday
  on yesterday.as_of_day = {{date_plus "day" -1 "today.as_of_day"}}
  and yesterday.slice = today.slice
  and yesterday.slice_value = today.slice_value
where today.arr_closing <> yesterday.arr_closing + today.arr_net_new
