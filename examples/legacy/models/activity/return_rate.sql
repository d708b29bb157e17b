with month_user as (

  select {{date_trunc "month" "event_date"}} as month_start, user_id, count(distinct event_date) as days
  from {{ref "app_events"}}
  group by 1, 2

)

select
  month_start,
  count(*) as users,
  count(case when days > 1 then 1 end) / count(*) as return_rate
from month_user
group by month_start
