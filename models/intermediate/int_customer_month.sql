-- One row a customer and month that they close with ARR above 0; the running month closes on as_of_date.
with state as (

  select
    user_id,
    month_start,
    arr_closing,
    lead(month_start) over (
      partition by user_id
      order by month_start
    ) as next_change
  from {{ref "arr_movements"}}

)

select
  state.user_id,
  month.month_start,
  state.arr_closing as arr
from state
inner join {{ref "int_revenue_month"}} as month
  on month.month_start >= state.month_start
  and (state.next_change is null or month.month_start < state.next_change)
where state.arr_closing > 0
