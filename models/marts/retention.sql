-- What became of each month's new users: one row a cohort and a month since, up to the month of as_of_date.
with month as (

  select
    period_start as month_start,
    is_complete
  from {{ref "int_activity_period"}}
  where grain = 'month'

),

cohort as (

  select
    first_seen_month as cohort_month,
    count(*) as cohort_size
  from {{ref "int_user_first_seen"}}
  group by first_seen_month

),

returned as (

  select
    users.first_seen_month as cohort_month,
    {{date_trunc "month" "user_day.activity_date"}} as month_start,
    count(distinct user_day.user_id) as users
  from {{ref "int_user_day"}} as user_day
  inner join {{ref "int_user_first_seen"}} as users
    on users.user_id = user_day.user_id
  group by
    users.first_seen_month,
    {{date_trunc "month" "user_day.activity_date"}}

),

last_seen as (

  select
    first_seen_month as cohort_month,
    {{date_trunc "month" "last_seen_date"}} as month_start,
    count(*) as users
  from {{ref "int_user_first_seen"}}
  group by
    first_seen_month,
    {{date_trunc "month" "last_seen_date"}}

),

grid as (

  select
    cohort_month.month_start as cohort_month,
    month.month_start,
    {{datediff "month" "cohort_month.month_start" "month.month_start"}} as month_number,
    month.is_complete
  from month as cohort_month
  cross join month
  where month.month_start >= cohort_month.month_start

),

counted as (

  select
    grid.cohort_month,
    grid.month_number,
    coalesce(cohort.cohort_size, 0) as cohort_size,
    coalesce(returned.users, 0) as retained_on,
    -- who was last seen in this month or later, was seen in this month or later
    coalesce(
      sum(last_seen.users) over (
        partition by grid.cohort_month
        order by grid.month_number desc
        rows between unbounded preceding and current row
      ),
      0
    ) as retained_on_or_after,
    grid.is_complete
  from grid
  left join cohort
    on cohort.cohort_month = grid.cohort_month
  left join returned
    on returned.cohort_month = grid.cohort_month
    and returned.month_start = grid.month_start
  left join last_seen
    on last_seen.cohort_month = grid.cohort_month
    and last_seen.month_start = grid.month_start

)

select
  cast(cohort_month as date) as cohort_month,
  cast(month_number as integer) as month_number,
  cast(cohort_size as bigint) as cohort_size,
  cast(retained_on as bigint) as retained_on,
  cast(retained_on_or_after as bigint) as retained_on_or_after,
  cast({{ratio "retained_on" "cohort_size"}} as numeric(18, 6)) as retention_on,
  cast({{ratio "retained_on_or_after" "cohort_size"}} as numeric(18, 6)) as retention_on_or_after,
  cast(is_complete as boolean) as is_complete
from counted
