select *
from analytics.tested
where trim(s) = '';
