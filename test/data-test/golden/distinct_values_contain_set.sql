select value, max(expected) as expected, max(found) as found
from (
  select 1 as value, 1 as expected, 0 as found
  union all
  select 2, 1, 0
  union all
  select distinct n, 0, 1
  from analytics.tested
  where n is not null
) as listed
group by value
having max(found) = 0;
