select *
from analytics.tested
where len(s) <> 2;
