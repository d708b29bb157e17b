select *
from (
  select
    max(case when loaded_at < date '2026-01-01' then loaded_at end) as most_recent
  from analytics.tested
) as measured
where most_recent is null
  or most_recent < dateadd(day, -1, date '2025-12-31');

select *
from (
  select
    max(case when d < date '2026-01-01' then d end) as most_recent
  from analytics.tested
) as measured
where most_recent is null
  or most_recent < dateadd(week, -2, date '2025-12-31');
