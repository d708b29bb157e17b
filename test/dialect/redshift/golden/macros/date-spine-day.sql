with digits as (
  select 0 as digit union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
)
select cast(dateadd(day, number, cast(date '2024-01-01' as timestamp)) as date) as date_day
from (
  select d0.digit + 10 * d1.digit + 100 * d2.digit + 1000 * d3.digit + 10000 * d4.digit as number
  from digits as d0
  cross join digits as d1
  cross join digits as d2
  cross join digits as d3
  cross join digits as d4
) as spine
where dateadd(day, number, cast(date '2024-01-01' as timestamp)) < cast(date '2024-03-01' as timestamp)
