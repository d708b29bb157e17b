select
  today.event_date,
  count(distinct case when seen.event_date = today.event_date then seen.user_id end) as dau,
  count(distinct today.user_id) as wau
from {{ref "app_events"}} as today
inner join {{ref "app_events"}} as seen
  on seen.event_date between {{dateadd "day" -6 "today.event_date"}} and today.event_date
group by today.event_date
