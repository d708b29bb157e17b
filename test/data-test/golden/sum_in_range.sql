select *
from (
  select
    sum(n) as total
  from analytics.tested
) as measured
where total < 3;
