select event_date, count(distinct user_id) as dau
from {{ref "events"}}
group by event_date
