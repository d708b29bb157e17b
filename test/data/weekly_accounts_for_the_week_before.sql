-- Everybody active in a week is retained in the next or churned from it.
select
  this_week.period_start,
  this_week.slice,
  this_week.slice_value,
  last_week.active_users,
  this_week.retained_users,
  this_week.churned_users
from {{ref "weekly"}} as this_week
inner join {{ref "weekly"}} as last_week
  on last_week.period_start = {{date_plus "day" -7 "this_week.period_start"}}
  and last_week.slice = this_week.slice
  and last_week.slice_value = this_week.slice_value
where last_week.active_users <> this_week.retained_users + this_week.churned_users
