create view analytics.daily as
select activity_date, count(distinct user_id) as dau
from analytics__raw.daily_dump
group by 1
with no schema binding
