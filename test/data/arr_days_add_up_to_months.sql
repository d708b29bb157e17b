-- The days' net movements of a month are its bridge's; their kinds may differ, since what goes up and comes down
-- within a month is no movement of the month.
select
  bridge.month_start,
  bridge.arr_closing - bridge.arr_opening as net_of_month,
  coalesce(sum(arr.arr_net_new), 0) as net_of_days
from {{ref "arr_bridge"}} as bridge
left join {{ref "arr"}} as arr
  on {{date_trunc "month" "arr.as_of_day"}} = bridge.month_start
  and arr.slice = 'all'
group by
  bridge.month_start,
  bridge.arr_opening,
  bridge.arr_closing
having bridge.arr_closing - bridge.arr_opening <> coalesce(sum(arr.arr_net_new), 0)
