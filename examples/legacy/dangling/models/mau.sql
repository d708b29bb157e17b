select event_date, count(distinct user_id) as mau
from {{ref "Daily_data"}}
group by event_date
