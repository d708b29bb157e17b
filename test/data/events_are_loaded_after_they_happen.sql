{{config severity="warn"}}
-- At most one event in a hundred carries a time after its own arrival: clocks of clients are not to be trusted
-- further than that.
select
  count(*) as landed_rows,
  sum(case when loaded_at < event_ts then 1 else 0 end) as early_rows
from {{source "raw" "daily_dump"}}
having 100 * sum(case when loaded_at < event_ts then 1 else 0 end) > count(*)
