select *
from (
  select
    g,
    percentile_cont(0.75) within group (order by cast(n as double precision)) as quantile
  from analytics.tested
  group by g
) as measured
where quantile > 4;
