select {{date_trunc "month" "started_on"}} as month_start, sum(price) as new_arr
from {{ref "subscriptions"}}
group by 1
