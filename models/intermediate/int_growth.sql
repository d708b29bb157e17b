-- One row a week or month, slice and value, complete: who is active, and how they stand to the period before.
-- A user's first active day of a period tells whether they are new, retained or resurrected there;
-- their last one whether they have churned from the period after it.
with user_day as (

  select
    'week' as grain,
    {{date_trunc "week" "activity_date"}} as period_start,
    slice,
    slice_value,
    previous_activity_date,
    next_activity_date
  from {{ref "int_user_day_slice"}}

  union all

  select
    'month' as grain,
    {{date_trunc "month" "activity_date"}} as period_start,
    slice,
    slice_value,
    previous_activity_date,
    next_activity_date
  from {{ref "int_user_day_slice"}}

),

arrival as (

  select
    period.grain,
    period.period_start,
    user_day.slice,
    user_day.slice_value,
    count(*) as active_users,
    sum(case when user_day.previous_activity_date is null then 1 else 0 end) as new_users,
    sum(case when user_day.previous_activity_date >= period.previous_period_start then 1 else 0 end) as retained_users,
    sum(case when user_day.previous_activity_date < period.previous_period_start then 1 else 0 end) as resurrected_users
  from user_day
  inner join {{ref "int_activity_period"}} as period
    on period.grain = user_day.grain
    and period.period_start = user_day.period_start
  where user_day.previous_activity_date is null
    or user_day.previous_activity_date < user_day.period_start
  group by
    period.grain,
    period.period_start,
    user_day.slice,
    user_day.slice_value

),

departure as (

  -- dated with the first period that misses the user
  select
    period.grain,
    period.period_start,
    user_day.slice,
    user_day.slice_value,
    count(*) as churned_users
  from user_day
  inner join {{ref "int_activity_period"}} as period
    on period.grain = user_day.grain
    and period.previous_period_start = user_day.period_start
  where user_day.next_activity_date is null
    or user_day.next_activity_date >= period.next_period_start
  group by
    period.grain,
    period.period_start,
    user_day.slice,
    user_day.slice_value

),

presence as (

  select
    grain,
    period_start,
    slice,
    slice_value,
    count(*) as user_days
  from user_day
  group by
    grain,
    period_start,
    slice,
    slice_value

)

select
  period.grain,
  period.period_start,
  period.period_end,
  slice.slice,
  slice.slice_value,
  coalesce(arrival.active_users, 0) as active_users,
  cast(coalesce(arrival.new_users, 0) as bigint) as new_users,
  cast(coalesce(arrival.retained_users, 0) as bigint) as retained_users,
  cast(coalesce(arrival.resurrected_users, 0) as bigint) as resurrected_users,
  coalesce(departure.churned_users, 0) as churned_users,
  -- everybody of the period before has either stayed or churned
  cast(coalesce(arrival.retained_users, 0) + coalesce(departure.churned_users, 0) as bigint) as previous_users,
  coalesce(presence.user_days, 0) as user_days,
  period.days_of_data,
  period.is_complete
from {{ref "int_activity_period"}} as period
cross join {{ref "int_activity_slice"}} as slice
left join arrival
  on arrival.grain = period.grain
  and arrival.period_start = period.period_start
  and arrival.slice = slice.slice
  and arrival.slice_value = slice.slice_value
left join departure
  on departure.grain = period.grain
  and departure.period_start = period.period_start
  and departure.slice = slice.slice
  and departure.slice_value = slice.slice_value
left join presence
  on presence.grain = period.grain
  and presence.period_start = period.period_start
  and presence.slice = slice.slice
  and presence.slice_value = slice.slice_value
