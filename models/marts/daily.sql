-- Activity by day, slice and value, complete from the first day of data to as_of_date.
--
-- The rolling counts come from a running sum, not from a join of each day to the days before it: an active day
-- covers [day, day + W), cut short by the user's next active day, so the covers of one user never overlap, and
-- the number of covers over a day is the number of users active in the W days that end with it. (least() passes
-- over NULL, on every engine: who never comes back leaves after W days.)
with cover as (

  select
    slice,
    slice_value,
    activity_date,
    previous_activity_date,
    least(next_activity_date, {{date_plus "day" 7 "activity_date"}}) as leaves_7_on,
    least(next_activity_date, {{date_plus "day" 28 "activity_date"}}) as leaves_28_on,
    n_events,
    n_created,
    n_exported,
    n_downloaded,
    n_edited
  from {{ref "int_user_day_slice"}}

),

activity as (

  select
    activity_date,
    slice,
    slice_value,
    count(*) as dau,
    sum(case when previous_activity_date is null then 1 else 0 end) as new_users,
    sum(n_created) as projects_created,
    sum(n_exported) as projects_exported,
    sum(n_downloaded) as projects_downloaded,
    sum(n_edited) as editors_touched,
    sum(case when n_created > 0 then 1 else 0 end) as creators,
    sum(case when n_exported > 0 then 1 else 0 end) as exporters,
    sum(n_events) as events
  from cover
  group by
    activity_date,
    slice,
    slice_value

),

leaving_7 as (

  select
    leaves_7_on as activity_date,
    slice,
    slice_value,
    count(*) as users
  from cover
  group by
    leaves_7_on,
    slice,
    slice_value

),

leaving_28 as (

  select
    leaves_28_on as activity_date,
    slice,
    slice_value,
    count(*) as users
  from cover
  group by
    leaves_28_on,
    slice,
    slice_value

),

grid as (

  select
    calendar.day as activity_date,
    calendar.activity_day_number,
    slice.slice,
    slice.slice_value
  from {{ref "int_day"}} as calendar
  cross join {{ref "int_activity_slice"}} as slice
  where calendar.activity_day_number is not null

),

filled as (

  select
    grid.activity_date,
    grid.activity_day_number,
    grid.slice,
    grid.slice_value,
    coalesce(activity.dau, 0) as dau,
    coalesce(leaving_7.users, 0) as leaving_7,
    coalesce(leaving_28.users, 0) as leaving_28,
    coalesce(activity.new_users, 0) as new_users,
    coalesce(activity.projects_created, 0) as projects_created,
    coalesce(activity.projects_exported, 0) as projects_exported,
    coalesce(activity.projects_downloaded, 0) as projects_downloaded,
    coalesce(activity.editors_touched, 0) as editors_touched,
    coalesce(activity.creators, 0) as creators,
    coalesce(activity.exporters, 0) as exporters,
    coalesce(activity.events, 0) as events
  from grid
  left join activity
    on activity.activity_date = grid.activity_date
    and activity.slice = grid.slice
    and activity.slice_value = grid.slice_value
  left join leaving_7
    on leaving_7.activity_date = grid.activity_date
    and leaving_7.slice = grid.slice
    and leaving_7.slice_value = grid.slice_value
  left join leaving_28
    on leaving_28.activity_date = grid.activity_date
    and leaving_28.slice = grid.slice
    and leaving_28.slice_value = grid.slice_value

),

rolling as (

  select
    activity_date,
    activity_day_number,
    slice,
    slice_value,
    dau,
    sum(dau - leaving_7) over (
      partition by slice, slice_value
      order by activity_date
      rows between unbounded preceding and current row
    ) as wau_7,
    sum(dau - leaving_28) over (
      partition by slice, slice_value
      order by activity_date
      rows between unbounded preceding and current row
    ) as mau_28,
    sum(dau) over (
      partition by slice, slice_value
      order by activity_date
      rows between 27 preceding and current row
    ) as user_days_28,
    new_users,
    projects_created,
    projects_exported,
    projects_downloaded,
    editors_touched,
    creators,
    exporters,
    events
  from filled

)

select
  cast(activity_date as date) as activity_date,
  cast(slice as varchar) as slice,
  cast(slice_value as varchar) as slice_value,
  cast(dau as bigint) as dau,
  cast(wau_7 as bigint) as wau_7,
  cast(mau_28 as bigint) as mau_28,
  cast(new_users as bigint) as new_users,
  cast(dau - new_users as bigint) as returning_users,
  cast({{ratio "dau" "mau_28"}} as numeric(18, 6)) as dau_mau,
  cast({{ratio "user_days_28" "(28 * mau_28)"}} as numeric(18, 6)) as stickiness_28,
  cast(projects_created as bigint) as projects_created,
  cast(projects_exported as bigint) as projects_exported,
  cast(projects_downloaded as bigint) as projects_downloaded,
  cast(editors_touched as bigint) as editors_touched,
  cast(creators as bigint) as creators,
  cast(exporters as bigint) as exporters,
  cast(events as bigint) as events,
  cast(activity_day_number < 27 as boolean) as is_warmup
from rolling
