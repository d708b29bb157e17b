-- One row a user and day, whatever the country and platform.
-- The main country and platform are those of most events; of equals, the first by name.
--
-- One join, not one for each of the two: how few rows come first is nothing that PostgreSQL's planner can guess, and
-- of two such joins it makes nested loops.
with ranked as (

  select
    user_id,
    activity_date,
    slice,
    slice_value,
    row_number() over (
      partition by user_id, activity_date, slice
      order by n_events desc, {{bytewise "slice_value"}}
    ) as place
  from {{ref "int_user_day_slice"}}
  where slice in ('country', 'platform')

),

main_value as (

  select
    user_id,
    activity_date,
    max(case when slice = 'platform' then slice_value end) as main_platform,
    max(case when slice = 'country' then slice_value end) as main_country
  from ranked
  where place = 1
  group by
    user_id,
    activity_date

)

select
  user_day.user_id,
  user_day.activity_date,
  user_day.n_events,
  user_day.n_created,
  user_day.n_exported,
  user_day.n_downloaded,
  user_day.n_edited,
  main_value.main_platform,
  main_value.main_country
from {{ref "int_user_day_slice"}} as user_day
inner join main_value
  on main_value.user_id = user_day.user_id
  and main_value.activity_date = user_day.activity_date
where user_day.slice = 'all'
