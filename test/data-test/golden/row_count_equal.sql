select
  count(*) as row_count
from analytics.tested
having count(*) <> 2;
