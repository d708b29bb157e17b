-- One row a user who was ever active: the first and the last active day, and the periods of the first.
with active_span as (

  select
    user_id,
    min(activity_date) as first_seen_date,
    max(activity_date) as last_seen_date
  from {{ref "int_user_day"}}
  group by user_id

)

select
  user_id,
  first_seen_date,
  {{date_trunc "week" "first_seen_date"}} as first_seen_week,
  {{date_trunc "month" "first_seen_date"}} as first_seen_month,
  last_seen_date
from active_span
