-- One row a user and day, whatever the country and platform.
-- The main country and platform are those of most events; of equals, the first by name.
with main_value as (

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

)

select
  user_day.user_id,
  user_day.activity_date,
  user_day.n_events,
  user_day.n_created,
  user_day.n_exported,
  user_day.n_downloaded,
  user_day.n_edited,
  platform.slice_value as main_platform,
  country.slice_value as main_country
from {{ref "int_user_day_slice"}} as user_day
inner join main_value as platform
  on platform.user_id = user_day.user_id
  and platform.activity_date = user_day.activity_date
  and platform.slice = 'platform'
  and platform.place = 1
inner join main_value as country
  on country.user_id = user_day.user_id
  and country.activity_date = user_day.activity_date
  and country.slice = 'country'
  and country.place = 1
where user_day.slice = 'all'
