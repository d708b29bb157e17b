select *
from (
  select
    stddev_samp(cast(n as double precision)) as standard_deviation
  from analytics.tested
) as measured
where standard_deviation < 1
  or standard_deviation > 2;
