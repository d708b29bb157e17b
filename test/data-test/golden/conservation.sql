select
  d,
  sum(raw_rows) as raw_rows,
  sum(kept_rows) as kept_rows,
  sum(rejected_rows) as rejected_rows
from (
  select
    d,
    count(*) as raw_rows,
    0 as kept_rows,
    0 as rejected_rows
  from analytics.tested
  group by d
  union all
  select
    d,
    0 as raw_rows,
    count(*) as kept_rows,
    0 as rejected_rows
  from analytics.other
  group by d
  union all
  select
    d,
    0 as raw_rows,
    0 as kept_rows,
    count(*) as rejected_rows
  from analytics.third
  group by d
) as sides
group by d
having sum(raw_rows) <> sum(kept_rows) + sum(rejected_rows);
