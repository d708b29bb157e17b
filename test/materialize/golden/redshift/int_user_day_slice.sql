create table analytics__store.int_user_day_slice__0123456789ab
diststyle key
distkey (user_id)
sortkey (activity_date)
as
-- One row a user, day, slice and slice value, with the user's active days before and after in the same slice.
-- The two neighbours answer everything about windows and periods: a user is new where there is no day before,
-- leaves a window of W days on the next active day or W days later, whichever is first, and has left a week or
-- month where the next active day lies beyond it. No day is ever joined to the days around it.
with user_day as (

  select
    user_id,
    activity_date,
    'all' as slice,
    '(all)' as slice_value,
    cast(sum(n_events) as integer) as n_events,
    cast(sum(n_created) as integer) as n_created,
    cast(sum(n_exported) as integer) as n_exported,
    cast(sum(n_downloaded) as integer) as n_downloaded,
    cast(sum(n_edited) as integer) as n_edited
  from analytics.int_user_day_cell
  group by
    user_id,
    activity_date

  union all

  select
    user_id,
    activity_date,
    'country' as slice,
    country as slice_value,
    cast(sum(n_events) as integer) as n_events,
    cast(sum(n_created) as integer) as n_created,
    cast(sum(n_exported) as integer) as n_exported,
    cast(sum(n_downloaded) as integer) as n_downloaded,
    cast(sum(n_edited) as integer) as n_edited
  from analytics.int_user_day_cell
  group by
    user_id,
    activity_date,
    country

  union all

  select
    user_id,
    activity_date,
    'platform' as slice,
    platform as slice_value,
    cast(sum(n_events) as integer) as n_events,
    cast(sum(n_created) as integer) as n_created,
    cast(sum(n_exported) as integer) as n_exported,
    cast(sum(n_downloaded) as integer) as n_downloaded,
    cast(sum(n_edited) as integer) as n_edited
  from analytics.int_user_day_cell
  group by
    user_id,
    activity_date,
    platform

)

select
  user_id,
  activity_date,
  slice,
  slice_value,
  n_events,
  n_created,
  n_exported,
  n_downloaded,
  n_edited,
  lag(activity_date) over (
    partition by user_id, slice, slice_value
    order by activity_date
  ) as previous_activity_date,
  lead(activity_date) over (
    partition by user_id, slice, slice_value
    order by activity_date
  ) as next_activity_date
from user_day
