{{config severity="warn"}}
-- The last day has between half and twice the events of the same weekday a week before, where there are enough of
-- them to tell. Older days have been looked at; a holiday must not warn for ever.
select
  today.activity_date,
  today.events,
  week_before.events as events_week_before
from {{ref "daily"}} as today
inner join {{ref "daily"}} as week_before
  on week_before.activity_date = {{date_plus "day" -7 "today.activity_date"}}
  and week_before.slice = 'all'
where today.slice = 'all'
  and today.activity_date = {{date (var "as_of_date")}}
  and week_before.events >= 1000
  and (2 * today.events < week_before.events or today.events > 2 * week_before.events)
