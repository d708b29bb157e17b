-- ARR lost to churn and contraction by month and reason, complete: every month has every reason that occurs.
-- A customer's net loss of a day goes to the last cancel event of that day; where there was none, or it gave no
-- reason, to (unknown).
with cancellation as (

  select
    user_id,
    effective_at,
    {{known "cancel_reason"}} as cancel_reason,
    row_number() over (
      partition by user_id, effective_at
      order by recorded_at desc, event_seq desc
    ) as place_from_last
  from {{ref "stg_subscription_events"}}
  where type = 'cancel'

),

reason as (

  select cancel_reason
  from cancellation

  union

  select '(unknown)'

),

loss as (

  select
    change.user_id,
    {{date_trunc "month" "change.changed_on"}} as month_start,
    {{known "cancellation.cancel_reason"}} as cancel_reason,
    -change.amount as amount
  from {{ref "int_arr_change"}} as change
  left join cancellation
    on cancellation.user_id = change.user_id
    and cancellation.effective_at = change.changed_on
    and cancellation.place_from_last = 1
  where change.slice = 'all'
    and change.movement in ('churn', 'contraction')

),

month_loss as (

  select
    month_start,
    cancel_reason,
    sum(amount) as amount,
    count(distinct user_id) as customers
  from loss
  group by
    month_start,
    cancel_reason

)

select
  cast(month.month_start as date) as month_start,
  cast(reason.cancel_reason as varchar) as cancel_reason,
  cast(coalesce(month_loss.amount, 0) as numeric(18, 2)) as amount,
  cast(coalesce(month_loss.customers, 0) as bigint) as customers
from {{ref "int_revenue_month"}} as month
cross join reason
left join month_loss
  on month_loss.month_start = month.month_start
  and month_loss.cancel_reason = reason.cancel_reason
