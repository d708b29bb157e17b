-- A file that somebody renames by hand
-- A notebook writes Daily_data.csv, and the pipeline reads daily_dump.
-- Repair: name the seed as it is read, or have a generated seed own the name.
select event_date, count(distinct user_id) as dau
from {{ref "daily_dump"}}
group by event_date
