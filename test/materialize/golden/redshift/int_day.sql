create table analytics__store.int_day__0123456789ab
as
-- One row a day from the first day of any data to as_of_date, also where nothing happened and where the
-- mapping sheet has no row: this is what makes every published relation complete.
-- Days are numbered from 0 on the first day of activity and of revenue; a day before that has no number.
with activity as (

  select min(event_date) as first_day
  from analytics.stg_events

),

revenue as (

  select min(effective_at) as first_day
  from analytics.stg_subscription_events

),

bounds as (

  select
    activity.first_day as first_activity_day,
    revenue.first_day as first_revenue_day,
    case
      when activity.first_day is null then revenue.first_day
      when revenue.first_day < activity.first_day then revenue.first_day
      else activity.first_day
    end as first_day
  from activity
  cross join revenue

),

digit as (

  select 0 as digit union all select 1 union all select 2 union all select 3 union all select 4
  union all select 5 union all select 6 union all select 7 union all select 8 union all select 9

),

-- 0 to 99,999: 273 years of days
counter as (

  select
    ones.digit
      + 10 * tens.digit
      + 100 * hundreds.digit
      + 1000 * thousands.digit
      + 10000 * ten_thousands.digit as days
  from digit as ones
  cross join digit as tens
  cross join digit as hundreds
  cross join digit as thousands
  cross join digit as ten_thousands

),

spine as (

  select
    cast(dateadd(day, counter.days, bounds.first_day) as date) as day,
    bounds.first_activity_day,
    bounds.first_revenue_day
  from bounds
  inner join counter
    on counter.days <= datediff(day, bounds.first_day, date '2025-12-31')

)

select
  day,
  cast(date_trunc('week', day) as date) as week_start,
  cast(date_trunc('month', day) as date) as month_start,
  case when day >= first_activity_day then datediff(day, first_activity_day, day) end as activity_day_number,
  case when day >= first_revenue_day then datediff(day, first_revenue_day, day) end as revenue_day_number
from spine
