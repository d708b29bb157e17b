select
  today.event_date,
  count(distinct seen.user_id) as mau
from {{ref "app_events"}} as today
inner join {{ref "app_events"}} as seen
  on seen.event_date between {{dateadd "day" -27 "today.event_date"}} and today.event_date
group by today.event_date
