with visit as (

  select distinct event_date, user_id
  from {{ref "app_events"}}

)

select
  event_date,
  user_id,
  case
    when event_date = min(event_date) over (partition by user_id) then 'new'
    else 'returning'
  end as new_vs_returning
from visit
