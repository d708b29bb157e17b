select *
from analytics.tested
where ended <= started;
