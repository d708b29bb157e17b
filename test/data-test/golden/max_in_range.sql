select *
from (
  select
    largest as group_1,
    max(n) as largest
  from analytics.tested
  group by largest
) as measured
where largest > 5;

select *
from (
  select
    max(n) as largest
  from analytics.tested
) as measured
where largest < 3
  or largest > 5;
