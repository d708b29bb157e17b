select value, max(expected) as expected, max(found) as found
from (
  select distinct s as value, 0 as expected, 1 as found
  from analytics.tested
  where s is not null
  union all
  select 'a', 1, 0
  union all
  select 'b', 1, 0
) as listed
group by value
having max(expected) <> max(found);

select value, max(expected) as expected, max(found) as found
from (
  select distinct d as value, 0 as expected, 1 as found
  from analytics.tested
  where d is not null
  union all
  select '2025-01-01', 1, 0
  union all
  select '2025-01-02', 1, 0
) as listed
group by value
having max(expected) <> max(found);
