{{config severity="warn"}}
-- The first event of a subscription is a trial or new; at most one in ten begins otherwise, as may come of a start
-- that was recorded after what followed it on the same day.
select
  count(*) as subscriptions,
  sum(case when type in ('trial', 'new') then 0 else 1 end) as begun_otherwise
from (
  select
    type,
    row_number() over (
      partition by subscription_id
      order by effective_at, recorded_at, event_seq
    ) as place
  from {{ref "stg_subscription_events"}}
) as event
where place = 1
having 10 * sum(case when type in ('trial', 'new') then 0 else 1 end) > count(*)
