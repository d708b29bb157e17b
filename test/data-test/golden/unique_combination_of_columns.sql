select
  a,
  lower(b),
  count(*) as occurrences
from analytics.tested
group by a, lower(b)
having count(*) > 1;
