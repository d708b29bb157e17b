select
  n,
  count(*) as occurrences
from analytics.tested
where n is not null
group by n
having count(*) > 1;
