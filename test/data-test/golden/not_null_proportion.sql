select
  count(*) as row_count,
  count(n) as not_null_count
from analytics.tested
having count(n) < 0.6 * count(*)
  or count(n) > 0.9 * count(*);
