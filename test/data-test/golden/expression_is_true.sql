select *
from analytics.tested
where not (a <= b);
