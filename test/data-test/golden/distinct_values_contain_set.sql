select value, max(expected) as expected, max(found) as found
from (
  select distinct n as value, 0 as expected, 1 as found
  from analytics.tested
  where n is not null
  union all
  select '1', 1, 0
  union all
  select '2', 1, 0
) as listed
group by value
having max(found) = 0;

select value, max(expected) as expected, max(found) as found
from (
  select distinct n as value, 0 as expected, 1 as found
  from analytics.tested
  where n is not null
  union all
  select 1, 1, 0
  union all
  select 2, 1, 0
) as listed
group by value
having max(found) = 0;
