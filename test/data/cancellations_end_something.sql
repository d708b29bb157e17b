{{config severity="warn"}}
-- What is cancelled was running: the state before a cancellation is not another cancellation.
select
  subscription_id,
  effective_at,
  previous_type
from (
  select
    subscription_id,
    type,
    effective_at,
    lag(type) over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as previous_type
  from {{ref "stg_subscription_events"}}
  where type <> 'cancel_request'
) as event
where type = 'cancel'
  and (previous_type is null or previous_type = 'cancel')
