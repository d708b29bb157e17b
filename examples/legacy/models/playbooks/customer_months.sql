with customer as (

  select
    customer_id,
    {{date_trunc "month" "min(started_on)"}} as first_month,
    max(ended_on) as last_day
  from {{ref "subscriptions"}}
  group by customer_id

),

month as (

  select distinct {{date_trunc "month" "date"}} as month_start
  from {{ref "calendar_sheet"}}
  where date <= {{date (var "as_of_date")}}

)

select customer.customer_id, month.month_start
from customer
inner join month
  on month.month_start >= customer.first_month and month.month_start < customer.last_day
