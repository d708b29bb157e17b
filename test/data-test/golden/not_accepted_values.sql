select
  v,
  count(*) as occurrences
from analytics.tested
where v in ('1')
group by v;

select
  s,
  count(*) as occurrences
from analytics.tested
where s in ('None', 'nan')
group by s;
