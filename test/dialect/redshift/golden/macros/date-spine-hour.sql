with digits as (
  select 0 as digit union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
)
select dateadd(hour, number, cast(first_seen as timestamp)) as hour
from (
  select d0.digit + 10 * d1.digit + 100 * d2.digit + 1000 * d3.digit + 10000 * d4.digit + 100000 * d5.digit as number
  from digits as d0
  cross join digits as d1
  cross join digits as d2
  cross join digits as d3
  cross join digits as d4
  cross join digits as d5
) as spine
where dateadd(hour, number, cast(first_seen as timestamp)) < cast(last_seen as timestamp)
  and 1 / case when datediff(hour, first_seen, last_seen) > 1000000 then 0 else 1 end = 1
