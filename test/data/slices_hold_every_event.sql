-- Each slice holds all events of a day exactly once, whatever it is cut by.
select
  sliced.slice,
  sliced.activity_date,
  sliced.n_events,
  whole.n_events as all_events
from (
  select
    slice,
    activity_date,
    sum(n_events) as n_events
  from {{ref "int_user_day_slice"}}
  group by
    slice,
    activity_date
) as sliced
inner join (
  select
    activity_date,
    sum(n_events) as n_events
  from {{ref "int_user_day"}}
  group by activity_date
) as whole
  on whole.activity_date = sliced.activity_date
where sliced.n_events <> whole.n_events
