select
  max(loaded_at) as most_recent
from analytics.tested
having max(loaded_at) is null
  or max(loaded_at) < dateadd(day, -1, date '2025-12-31');

select
  max(d) as most_recent
from analytics.tested
having max(d) is null
  or max(d) < dateadd(week, -2, date '2025-12-31');
