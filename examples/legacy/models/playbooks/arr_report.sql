select
  month_start,
  sum(revenue) * 12 as arr,
  sum(total_discount_arr) as arr
from {{ref "monthly_revenue_repaired"}}
group by month_start
