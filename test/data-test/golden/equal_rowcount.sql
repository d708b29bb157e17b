select
  sum(tested_rows) as tested_rows,
  sum(compared_rows) as compared_rows
from (
  select
    count(*) as tested_rows,
    0 as compared_rows
  from analytics.tested
  union all
  select
    0 as tested_rows,
    count(*) as compared_rows
  from analytics.other
) as sides
having sum(tested_rows) <> sum(compared_rows);

select
  g,
  group_2,
  sum(tested_rows) as tested_rows,
  sum(compared_rows) as compared_rows
from (
  select
    g,
    abs(n) as group_2,
    count(*) as tested_rows,
    0 as compared_rows
  from analytics.tested
  group by g, abs(n)
  union all
  select
    g,
    abs(n) as group_2,
    0 as tested_rows,
    count(*) as compared_rows
  from analytics.other
  group by g, abs(n)
) as sides
group by g, group_2
having sum(tested_rows) <> sum(compared_rows);
