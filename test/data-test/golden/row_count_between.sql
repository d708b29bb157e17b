select
  count(*) as row_count
from analytics.tested
having count(*) < 1
  or count(*) > 5;
