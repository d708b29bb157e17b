select *
from (
  select
    max(n) as largest
  from analytics.tested
) as measured
where largest < 3
  or largest > 5;
