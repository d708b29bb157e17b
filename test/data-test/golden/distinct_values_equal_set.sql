select value, max(expected) as expected, max(found) as found
from (
  select 'a' as value, 1 as expected, 0 as found
  union all
  select 'b', 1, 0
  union all
  select distinct s, 0, 1
  from analytics.tested
  where s is not null
) as listed
group by value
having max(expected) <> max(found);
