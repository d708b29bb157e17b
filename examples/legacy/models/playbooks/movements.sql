with neighbour as (

  select
    customer_id,
    month_start,
    revenue,
    lag(revenue) over (partition by customer_id order by month_start) as revenue_before
  from {{ref "monthly_revenue_repaired"}}

)

select
  customer_id,
  month_start,
  case
    when revenue_before is null then 'new'
    when revenue > revenue_before then 'expansion'
    when revenue > 0 and revenue_before = 0 then 'reactivation'
    when revenue < revenue_before then 'contraction'
    when revenue = 0 and revenue_before > 0 then 'churn'
    else 'none'
  end as movement
from neighbour
