select *
from analytics.tested
where s like '%@example.com';
