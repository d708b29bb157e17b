-- One row a landed event that does not count, as it was landed, with the reason.
select
  event_id,
  event_ts,
  loaded_at,
  user_id,
  event_name,
  platform,
  country,
  new_vs_returning,
  reject_reason
from {{ref "stg_events_judged"}}
where reject_reason is not null
