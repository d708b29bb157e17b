-- Nobody is active outside the span from first to last seen.
select
  user_day.user_id,
  user_day.activity_date,
  users.first_seen_date,
  users.last_seen_date
from {{ref "int_user_day"}} as user_day
left join {{ref "int_user_first_seen"}} as users
  on users.user_id = user_day.user_id
where users.user_id is null
  or user_day.activity_date < users.first_seen_date
  or user_day.activity_date > users.last_seen_date
