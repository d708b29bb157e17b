-- One row a stretch of days through which a subscription's state stays the same: [valid_from, valid_to).
-- valid_to is NULL while it lasts. A request to cancel changes nothing; of several events on one day the last
-- one makes the day's state, and the empty stretches of the others are left out.
with event as (

  select
    subscription_id,
    user_id,
    type,
    plan,
    subscription_type,
    quantity,
    arr_amount,
    effective_at as valid_from,
    lead(effective_at) over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as valid_to,
    lead(type) over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as end_type,
    lead(cancel_reason) over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as end_cancel_reason
  from {{ref "stg_subscription_events"}}
  where type <> 'cancel_request'

)

select
  subscription_id,
  user_id,
  type,
  plan,
  subscription_type,
  quantity,
  arr_amount,
  valid_from,
  valid_to,
  case when end_type = 'cancel' then {{known "end_cancel_reason"}} else end_type end as end_reason
from event
where type <> 'cancel'
  and (valid_to is null or valid_from < valid_to)
