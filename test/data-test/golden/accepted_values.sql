select
  v,
  count(*) as occurrences
from analytics.tested
where v not in ('1', '2', 'true')
group by v;

select
  v,
  count(*) as occurrences
from analytics.tested
where v not in ('1', '2.5')
group by v;

select
  v,
  count(*) as occurrences
from analytics.tested
where v not in ('true')
group by v;

select
  v,
  count(*) as occurrences
from analytics.tested
where v not in ('2025-01-01')
group by v;

select
  s,
  count(*) as occurrences
from analytics.tested
where s not in ('o''pro', 'basic')
group by s;
