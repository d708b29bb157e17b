select
  {{date_trunc "month" "started_on"}} as month_start,
  sum(case billing when 'monthly' then price * 12 else price end) as new_arr
from {{ref "subscriptions"}}
group by 1
