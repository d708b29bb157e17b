select
  g,
  count(*) as row_count
from analytics.tested
group by g
having count(n) = 0;

select
  count(*) as row_count
from analytics.tested
having count(n) = 0;
