with slice as (

  select event_date, country, platform, count(distinct user_id) as users
  from {{ref "app_events"}}
  group by event_date, country, platform

)

select event_date, sum(users) as users
from slice
group by event_date
