with day as (

  select event_date, count(distinct user_id) as users
  from {{ref "app_events"}}
  group by event_date

)

select {{date_trunc "month" "event_date"}} as month_start, sum(users) as users
from day
group by 1
