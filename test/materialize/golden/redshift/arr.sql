create table analytics__store.arr__0123456789ab
diststyle all
sortkey (as_of_day)
as
-- ARR at the end of each day by slice and value, and the movements of the day; complete from the first
-- subscription event to as_of_date. A movement is a customer's net change within the slice, day against day.
with change as (

  select
    changed_on,
    slice,
    slice_value,
    sum(amount) as net_new,
    sum(case when movement in ('new', 'reactivation', 'expansion') then amount else 0 end) as gross_new,
    sum(case when movement in ('churn', 'contraction') then -amount else 0 end) as cancelled,
    sum(case
      when movement in ('new', 'reactivation') then 1
      when movement = 'churn' then -1
      else 0
    end) as net_customers
  from analytics.int_arr_change
  group by
    changed_on,
    slice,
    slice_value

),

filled as (

  select
    calendar.day as as_of_day,
    slice.slice,
    slice.slice_value,
    coalesce(change.net_new, 0) as net_new,
    coalesce(change.gross_new, 0) as gross_new,
    coalesce(change.cancelled, 0) as cancelled,
    coalesce(change.net_customers, 0) as net_customers
  from analytics.int_day as calendar
  cross join analytics.int_revenue_slice as slice
  left join change
    on change.changed_on = calendar.day
    and change.slice = slice.slice
    and change.slice_value = slice.slice_value
  where calendar.revenue_day_number is not null

),

running as (

  select
    as_of_day,
    slice,
    slice_value,
    sum(net_new) over (
      partition by slice, slice_value
      order by as_of_day
      rows between unbounded preceding and current row
    ) as arr_closing,
    sum(net_customers) over (
      partition by slice, slice_value
      order by as_of_day
      rows between unbounded preceding and current row
    ) as customers,
    gross_new,
    cancelled,
    net_new
  from filled

)

select
  cast(as_of_day as date) as as_of_day,
  cast(slice as varchar) as slice,
  cast(slice_value as varchar) as slice_value,
  cast(arr_closing as numeric(18, 2)) as arr_closing,
  cast(customers as bigint) as customers,
  cast(gross_new as numeric(18, 2)) as arr_gross_new,
  cast(cancelled as numeric(18, 2)) as arr_cancelled,
  cast(net_new as numeric(18, 2)) as arr_net_new
from running
