select event_date, user_id, min(new_vs_returning) as new_vs_returning
from {{ref "app_events"}}
group by event_date, user_id
