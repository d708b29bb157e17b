-- The running sums of `daily` against the plain definition, counted the slow way on the last day of each month
-- and on as_of_date. A range test would not do: wau_7 and mau_28 that merely repeat dau pass it.
with sample_day as (

  select day
  from {{ref "int_day"}}
  where activity_day_number is not null
    and (day = {{last_day "day"}} or day = {{date (var "as_of_date")}})

),

-- one row a sampled day and a day that its 28 look back on, so that user-days are met by equality
window_day as (

  select
    sample_day.day as sample_day,
    calendar.day as activity_date,
    case when calendar.day > {{date_plus "day" -7 "sample_day.day"}} then 1 else 0 end as is_last_7
  from sample_day
  inner join {{ref "int_day"}} as calendar
    on calendar.day > {{date_plus "day" -28 "sample_day.day"}}
    and calendar.day <= sample_day.day

),

counted as (

  select
    window_day.sample_day,
    user_day.slice,
    user_day.slice_value,
    count(distinct case when window_day.is_last_7 = 1 then user_day.user_id end) as wau_7,
    count(distinct user_day.user_id) as mau_28
  from window_day
  inner join {{ref "int_user_day_slice"}} as user_day
    on user_day.activity_date = window_day.activity_date
  group by
    window_day.sample_day,
    user_day.slice,
    user_day.slice_value

)

select
  daily.activity_date,
  daily.slice,
  daily.slice_value,
  daily.wau_7,
  coalesce(counted.wau_7, 0) as counted_wau_7,
  daily.mau_28,
  coalesce(counted.mau_28, 0) as counted_mau_28
from {{ref "daily"}} as daily
inner join sample_day
  on sample_day.day = daily.activity_date
left join counted
  on counted.sample_day = daily.activity_date
  and counted.slice = daily.slice
  and counted.slice_value = daily.slice_value
where daily.wau_7 <> coalesce(counted.wau_7, 0)
  or daily.mau_28 <> coalesce(counted.mau_28, 0)
