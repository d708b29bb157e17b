-- Everybody active in a month is retained in the next or churned from it.
select
  this_month.period_start,
  this_month.slice,
  this_month.slice_value,
  last_month.active_users,
  this_month.retained_users,
  this_month.churned_users
from {{ref "monthly"}} as this_month
inner join {{ref "monthly"}} as last_month
  on last_month.period_start = {{date_plus "month" -1 "this_month.period_start"}}
  and last_month.slice = this_month.slice
  and last_month.slice_value = this_month.slice_value
where last_month.active_users <> this_month.retained_users + this_month.churned_users
