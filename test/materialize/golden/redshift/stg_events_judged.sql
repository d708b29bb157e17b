create table analytics__store.stg_events_judged__0123456789ab
diststyle key
distkey (user_id)
sortkey (event_date)
as
-- Every landed event with the verdict on it: a reject_reason, or none for the rows that count.
-- Nothing is lost on the way: stg_events and stg_events_rejected share these rows between them.
with landed as (

  select
    event_id,
    event_ts,
    cast(convert_timezone('UTC', 'UTC', cast(event_ts as timestamp)) as date) as event_date,
    loaded_at,
    user_id,
    event_name,
    platform,
    country,
    new_vs_returning
  from analytics__raw.daily_dump

),

ruled as (

  -- the first rule that a row breaks; NULL where it keeps them all
  select
    landed.event_id,
    landed.event_ts,
    landed.event_date,
    landed.loaded_at,
    landed.user_id,
    landed.event_name,
    landed.platform,
    landed.country,
    landed.new_vs_returning,
    case
      when landed.user_id is null then 'null_user'
      when users.user_id is null then 'unknown_user'
      when users.is_internal then 'internal'
      when landed.event_name in ('project created', 'editor touched', 'project exported', 'project downloaded')
        then case
          when landed.event_date <= date '2025-12-31' then null
          when landed.event_date is null then 'undated'
          else 'future'
        end
      else 'unknown_event'
    end as broken_rule
  from landed
  left join analytics.stg_users as users
    on users.user_id = landed.user_id

),

ranked as (

  -- Copies compete only with copies that count themselves: a broken latest copy must not hide a sound one.
  -- The order is total, so that the winner does not depend on how the engine happens to read the rows.
  select
    event_id,
    event_ts,
    event_date,
    loaded_at,
    user_id,
    event_name,
    platform,
    country,
    new_vs_returning,
    broken_rule,
    row_number() over (
      partition by event_id, broken_rule
      order by
        loaded_at desc nulls last,
        event_ts desc nulls last,
        user_id desc nulls last,
        event_name desc nulls last,
        platform desc nulls last,
        country desc nulls last,
        new_vs_returning desc nulls last
    ) as copy_number
  from ruled

)

select
  event_id,
  event_ts,
  event_date,
  loaded_at,
  user_id,
  event_name,
  platform,
  country,
  new_vs_returning,
  case
    when broken_rule is not null then broken_rule
    when copy_number > 1 then 'duplicate'
  end as reject_reason
from ranked
