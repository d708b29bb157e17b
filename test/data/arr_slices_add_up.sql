-- Every subscription has one plan and one billing period, so that ARR adds up over the values of a slice.
-- Customers do not: one with two plans counts in both.
select
  whole.as_of_day,
  part.slice,
  whole.arr_closing,
  part.arr_closing as arr_closing_of_slice,
  whole.customers,
  part.customers as customers_of_slice
from {{ref "arr"}} as whole
inner join (
  select
    as_of_day,
    slice,
    sum(arr_closing) as arr_closing,
    sum(customers) as customers
  from {{ref "arr"}}
  where slice <> 'all'
  group by
    as_of_day,
    slice
) as part
  on part.as_of_day = whole.as_of_day
where whole.slice = 'all'
  and (whole.arr_closing <> part.arr_closing or whole.customers > part.customers)
