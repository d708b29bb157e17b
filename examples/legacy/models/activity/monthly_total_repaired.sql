select {{date_trunc "month" "event_date"}} as month_start, count(distinct user_id) as users
from {{ref "app_events"}}
group by 1
