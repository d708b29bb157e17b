-- From one day to the next a rolling count gains nobody who was not active on the day.
select
  today.activity_date,
  today.slice,
  today.slice_value,
  today.dau,
  today.wau_7,
  yesterday.wau_7 as wau_7_day_before,
  today.mau_28,
  yesterday.mau_28 as mau_28_day_before
from {{ref "daily"}} as today
inner join {{ref "daily"}} as yesterday
  on yesterday.activity_date = {{date_plus "day" -1 "today.activity_date"}}
  and yesterday.slice = today.slice
  and yesterday.slice_value = today.slice_value
where today.wau_7 > yesterday.wau_7 + today.dau
  or today.mau_28 > yesterday.mau_28 + today.dau
