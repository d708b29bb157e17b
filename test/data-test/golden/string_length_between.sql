select *
from analytics.tested
where len(s) < 2
  or len(s) > 3;
