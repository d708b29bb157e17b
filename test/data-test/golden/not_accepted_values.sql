select
  s,
  count(*) as occurrences
from analytics.tested
where s in ('None', 'nan')
group by s;
