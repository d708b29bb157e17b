{{config severity="warn"}}
-- What is cancelled was running. At most one cancellation in ten follows another one or nothing, as may come of a
-- start that was recorded after a cancellation of the same day.
select
  count(*) as cancellations,
  sum(case when previous_type is null or previous_type = 'cancel' then 1 else 0 end) as of_nothing
from (
  select
    type,
    lag(type) over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as previous_type
  from {{ref "stg_subscription_events"}}
  where type <> 'cancel_request'
) as event
where type = 'cancel'
having 10 * sum(case when previous_type is null or previous_type = 'cancel' then 1 else 0 end) > count(*)
