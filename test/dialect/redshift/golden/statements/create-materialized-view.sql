create materialized view analytics.daily
backup no
diststyle key
distkey (activity_date)
sortkey (activity_date)
as
select activity_date, count(distinct user_id) as dau
from analytics__raw.daily_dump
group by 1
