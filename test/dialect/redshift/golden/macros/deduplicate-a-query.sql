select *
from (select event_id, loaded_at from analytics.stg_events) as events
qualify row_number() over (partition by event_id order by loaded_at desc) = 1
