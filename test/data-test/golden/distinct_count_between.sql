select *
from (
  select
    count(distinct n) as distinct_values
  from analytics.tested
) as measured
where distinct_values > 2;
