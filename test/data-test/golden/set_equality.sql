select
  value,
  sum(tested_rows) as tested_rows,
  sum(compared_rows) as compared_rows
from (
  select
    a as value,
    count(*) as tested_rows,
    0 as compared_rows
  from analytics.tested
  where a is not null
  group by a
  union all
  select
    b as value,
    0 as tested_rows,
    count(*) as compared_rows
  from analytics.other
  where b is not null
  group by b
) as sides
group by value
having sum(tested_rows) = 0
  or sum(compared_rows) = 0;
