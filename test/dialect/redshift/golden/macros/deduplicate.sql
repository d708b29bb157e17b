select *
from analytics.stg_events as source_row
qualify row_number() over (partition by event_id order by loaded_at desc) = 1
