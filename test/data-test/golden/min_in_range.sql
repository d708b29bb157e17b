select *
from (
  select
    min(d) as smallest
  from analytics.tested
) as measured
where smallest < date '2025-01-01';
