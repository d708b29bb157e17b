create table analytics__store.weekly__0123456789ab
diststyle all
sortkey (period_start)
as
-- Active users by ISO week (Monday to Sunday), slice and value, with growth accounting against the week before.
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
  cast(case
    when churned_users <> 0 then cast(
      (cast(new_users + resurrected_users as bigint) * 2000000 + cast(churned_users as bigint)) / (cast(churned_users as bigint) * 2)
      as numeric(18, 0)
    ) * 0.000001
  end as numeric(18, 6)) as quick_ratio,
  cast(case
    when previous_users <> 0 then cast(
      (cast(retained_users as bigint) * 2000000 + cast(previous_users as bigint)) / (cast(previous_users as bigint) * 2)
      as numeric(18, 0)
    ) * 0.000001
  end as numeric(18, 6)) as retention_rate,
  cast(case
    when days_of_data <> 0 then cast(
      (cast(user_days as bigint) * 2000000 + cast(days_of_data as bigint)) / (cast(days_of_data as bigint) * 2)
      as numeric(18, 0)
    ) * 0.000001
  end as numeric(18, 6)) as avg_dau,
  cast(is_complete as boolean) as is_complete
from analytics.int_growth
where grain = 'week'
