select *
from (
  select
    median(cast(n as double precision)) as median
  from analytics.tested
) as measured
where median > 2;
