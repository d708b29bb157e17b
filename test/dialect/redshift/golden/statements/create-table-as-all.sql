create table analytics__store.daily__3fa9c1d2e4b7
diststyle all
as
select activity_date, count(distinct user_id) as dau
from analytics__raw.daily_dump
group by 1
