select *
from (
  select
    (cast(count(distinct n) as double precision) / nullif(count(n), 0)) as unique_proportion
  from analytics.tested
) as measured
where unique_proportion < 0.5;
