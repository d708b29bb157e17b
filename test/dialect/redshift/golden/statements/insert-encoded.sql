insert into analytics__store.daily__3fa9c1d2e4b7 (activity_date, dau)
select activity_date, dau
from (
select activity_date, count(distinct user_id) as dau
from analytics__raw.daily_dump
group by 1
) as query
