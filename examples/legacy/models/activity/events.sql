select event_id, event_date, user_id, event_name, platform, country
from {{ref "app_events"}}
