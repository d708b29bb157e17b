-- Active users by calendar month, slice and value, with growth accounting against the month before.
select
  cast(period_start as date) as period_start,
  cast(period_end as date) as period_end,
  cast(slice as varchar) as slice,
  cast(slice_value as varchar) as slice_value,
  cast(active_users as bigint) as active_users,
  cast(new_users as bigint) as new_users,
  cast(retained_users as bigint) as retained_users,
  cast(resurrected_users as bigint) as resurrected_users,
  cast(churned_users as bigint) as churned_users,
  cast({{ratio "new_users + resurrected_users" "churned_users"}} as numeric(18, 6)) as quick_ratio,
  cast({{ratio "retained_users" "previous_users"}} as numeric(18, 6)) as retention_rate,
  cast({{ratio "user_days" "days_of_data"}} as numeric(18, 6)) as avg_dau,
  cast(is_complete as boolean) as is_complete
from {{ref "int_growth"}}
where grain = 'month'
