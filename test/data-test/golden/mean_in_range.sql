select *
from (
  select
    g,
    avg(cast(n as double precision)) as mean
  from analytics.tested
  group by g
) as measured
where mean <= 1
  or mean >= 1.5;

select *
from (
  select
    avg(cast(n as double precision)) as mean
  from analytics.tested
) as measured
where mean < 1.4
  or mean > 1.6;
