select
  email,
  {{decode "min(os)" "'ios'" "'Apple'" "null" "'unknown'" "'other'"}} as device,
  {{median "amount"}} as median_amount,
  {{datediff "month" "min(ordered_at)" "max(ordered_at)"}} as months,
  {{last_day "max(ordered_at)"}} as month_end,
  {{pivot "plan" (list "pro" "team") prefix="orders_"}}
from {{ref "stg_orders"}}
group by email
