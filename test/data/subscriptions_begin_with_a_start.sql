{{config severity="warn"}}
-- The first event of a subscription is a trial or new: nothing is changed, cancelled or taken up again before.
select
  subscription_id,
  type,
  effective_at
from (
  select
    subscription_id,
    type,
    effective_at,
    row_number() over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as place
  from {{ref "stg_subscription_events"}}
) as event
where place = 1
  and type not in ('trial', 'new')
