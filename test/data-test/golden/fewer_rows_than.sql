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
having sum(tested_rows) >= sum(compared_rows);
