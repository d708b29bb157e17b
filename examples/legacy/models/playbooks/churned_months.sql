with last_seen as (

  select customer_id, max(month_start) as last_month
  from {{ref "customer_months_repaired"}}
  group by customer_id

)

select customer_id, {{add_months "last_month" 1}} as churned_month
from last_seen
