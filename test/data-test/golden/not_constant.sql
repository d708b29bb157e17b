select
  g,
  count(*) as row_count
from analytics.tested
group by g
having count(distinct n) = 1;
