create table analytics__store.stg_subscription_events__0123456789ab
diststyle key
distkey (user_id)
sortkey (effective_at)
as
-- One row a subscription event that counts: effective by as_of_date, of a user who is not internal.
-- arr_amount is the ARR that the row sets by itself; a trial, a cancellation and a request for one are worth nothing.
with landed as (

  select
    event_seq,
    subscription_id,
    user_id,
    effective_at,
    recorded_at,
    type,
    subscription_type,
    coalesce(plan, '(unknown)') as plan,
    case subscription_type when 'monthly' then 12 when 'yearly' then 1 end as periods_a_year,
    coalesce(quantity, 1) as quantity,
    subscription_price,
    coalesce(discount, 0) as discount,
    currency,
    nullif(trim(cancel_reason), '') as cancel_reason
  from analytics__raw.subscription_data
  where effective_at <= date '2025-12-31'

)

select
  landed.event_seq,
  landed.subscription_id,
  landed.user_id,
  landed.effective_at,
  landed.recorded_at,
  landed.type,
  landed.subscription_type,
  landed.plan,
  landed.quantity,
  landed.subscription_price,
  landed.discount,
  landed.currency,
  -- The one rounding of the whole way: half up to the cent, after conversion. Nineteen digits for the price make
  -- the product a wide one: an engine may keep what is multiplied from narrower numbers in 64 bits, and overflow.
  cast(
    round(
      case
        when landed.type not in ('new', 'change', 'reactivate') then 0
        else cast(landed.subscription_price as numeric(19, 2))
          * cast(landed.quantity * landed.periods_a_year as numeric(7, 0))
          * cast(1 - landed.discount as numeric(5, 4))
          * cast(rates.usd_rate as numeric(12, 8))
      end,
      2
    )
    as numeric(18, 2)
  ) as arr_amount,
  landed.cancel_reason
from landed
left join analytics.exchange_rates as rates
  on rates.currency = landed.currency
left join analytics.stg_users as users
  on users.user_id = landed.user_id
where not coalesce(users.is_internal, false)
