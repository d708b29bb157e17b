select *
from analytics.tested
where trim(s) = '';

select *
from analytics.tested
where len(s) = 0;
