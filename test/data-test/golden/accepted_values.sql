select
  s,
  count(*) as occurrences
from analytics.tested
where s not in ('o''pro', 'basic')
group by s;
