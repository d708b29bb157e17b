-- One row a week and one a calendar month of activity, with its neighbours.
with period as (

  select
    'week' as grain,
    week_start as period_start,
    count(*) as days_of_data
  from {{ref "int_day"}}
  where activity_day_number is not null
  group by week_start

  union all

  select
    'month' as grain,
    month_start as period_start,
    count(*) as days_of_data
  from {{ref "int_day"}}
  where activity_day_number is not null
  group by month_start

),

neighbours as (

  select
    grain,
    period_start,
    days_of_data,
    case grain
      when 'week' then {{date_plus "day" -7 "period_start"}}
      else {{date_plus "month" -1 "period_start"}}
    end as previous_period_start,
    case grain
      when 'week' then {{date_plus "day" 7 "period_start"}}
      else {{date_plus "month" 1 "period_start"}}
    end as next_period_start
  from period

)

select
  grain,
  period_start,
  {{date_plus "day" -1 "next_period_start"}} as period_end,
  previous_period_start,
  next_period_start,
  days_of_data,
  {{date_plus "day" -1 "next_period_start"}} <= {{date (var "as_of_date")}} as is_complete
from neighbours
