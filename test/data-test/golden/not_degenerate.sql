select
  count(*) as row_count,
  count(case when wau <> dau then 1 end) as differing_rows
from analytics.tested
having count(case when wau <> dau then 1 end) < 0.5 * count(*);
