-- One row a day on which a customer's ARR within a slice differs from the day before, with the kind of movement.
-- A customer's subscriptions are netted first: a second one is an expansion, a move between plans is a churn
-- from one and new in the other, but no more than the difference in the total.
with line as (

  select
    user_id,
    'all' as slice,
    '(all)' as slice_value,
    arr_amount,
    valid_from,
    valid_to
  from {{ref "int_subscription_periods"}}
{{#each (list "plan" "subscription_type")}}

  union all

  select
    user_id,
    '{{this}}' as slice,
    {{this}} as slice_value,
    arr_amount,
    valid_from,
    valid_to
  from {{ref "int_subscription_periods"}}
{{/each}}

),

step as (

  select
    user_id,
    slice,
    slice_value,
    valid_from as changed_on,
    arr_amount as amount
  from line

  union all

  select
    user_id,
    slice,
    slice_value,
    valid_to as changed_on,
    -arr_amount as amount
  from line
  where valid_to is not null

),

day_change as (

  select
    user_id,
    slice,
    slice_value,
    changed_on,
    cast(sum(amount) as numeric(18, 2)) as amount
  from step
  group by
    user_id,
    slice,
    slice_value,
    changed_on
  having sum(amount) <> 0

),

running as (

  select
    user_id,
    slice,
    slice_value,
    changed_on,
    amount,
    cast(sum(amount) over (
      partition by user_id, slice, slice_value
      order by changed_on
      rows between unbounded preceding and current row
    ) as numeric(18, 2)) as arr_closing,
    row_number() over (
      partition by user_id, slice, slice_value
      order by changed_on
    ) as change_number
  from day_change

)

select
  user_id,
  slice,
  slice_value,
  changed_on,
  {{movement "amount" "arr_closing" "change_number"}} as movement,
  cast(arr_closing - amount as numeric(18, 2)) as arr_opening,
  arr_closing,
  amount
from running
