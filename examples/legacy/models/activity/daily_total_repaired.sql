select event_date, count(distinct user_id) as users
from {{ref "app_events"}}
group by event_date
