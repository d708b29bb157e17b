-- A period has at least the users of its busiest day, and no more than all of its days together.
select
  period.period_start,
  period.period_end,
  period.slice,
  period.slice_value,
  period.active_users,
  max(daily.dau) as largest_dau,
  sum(daily.dau) as total_dau
from (
  select period_start, period_end, slice, slice_value, active_users
  from {{ref "weekly"}}
  union all
  select period_start, period_end, slice, slice_value, active_users
  from {{ref "monthly"}}
) as period
inner join {{ref "daily"}} as daily
  on daily.slice = period.slice
  and daily.slice_value = period.slice_value
  and daily.activity_date between period.period_start and period.period_end
group by
  period.period_start,
  period.period_end,
  period.slice,
  period.slice_value,
  period.active_users
having period.active_users not between max(daily.dau) and sum(daily.dau)
