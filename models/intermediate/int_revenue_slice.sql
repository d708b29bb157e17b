-- One row a slice and value of revenue: every plan and subscription type that was ever set by an event.
with setting_event as (

  select
    plan,
    subscription_type
  from {{ref "stg_subscription_events"}}
  where type not in ('cancel', 'cancel_request')

)

-- there is a total as soon as there is an event of any type
select distinct
  'all' as slice,
  '(all)' as slice_value
from {{ref "stg_subscription_events"}}
{{#each (list "plan" "subscription_type")}}

union all

select distinct
  '{{this}}' as slice,
  {{this}} as slice_value
from setting_event
{{/each}}
