with month as (

  select distinct {{date_trunc "month" "date"}} as month_start
  from {{ref "calendar_sheet"}}
  where date <= {{date (var "as_of_date")}}

),

customer as (

  select customer_id, {{date_trunc "month" "min(charged_on)"}} as first_month
  from {{ref "charges"}}
  group by customer_id

)

select customer.customer_id, month.month_start, coalesce(sum(charge.amount), 0) as revenue
from customer
inner join month
  on month.month_start >= customer.first_month
left join {{ref "charges"}} as charge
  on charge.customer_id = customer.customer_id
  and {{date_trunc "month" "charge.charged_on"}} = month.month_start
group by 1, 2
