-- One row a customer and month whose ARR differs from the month-end before. What goes up and comes down again
-- within a month is no movement of the month; the running month closes on as_of_date.
with month_change as (

  select
    user_id,
    {{date_trunc "month" "changed_on"}} as month_start,
    sum(amount) as amount
  from {{ref "int_arr_change"}}
  where slice = 'all'
  group by
    user_id,
    {{date_trunc "month" "changed_on"}}
  having sum(amount) <> 0

),

running as (

  select
    user_id,
    month_start,
    amount,
    sum(amount) over (
      partition by user_id
      order by month_start
      rows between unbounded preceding and current row
    ) as arr_closing,
    row_number() over (
      partition by user_id
      order by month_start
    ) as change_number
  from month_change

)

select
  cast(month_start as date) as month_start,
  cast(user_id as varchar) as user_id,
  cast({{movement "amount" "arr_closing" "change_number"}} as varchar) as movement,
  cast(arr_closing - amount as numeric(18, 2)) as arr_opening,
  cast(arr_closing as numeric(18, 2)) as arr_closing,
  cast(amount as numeric(18, 2)) as amount
from running
