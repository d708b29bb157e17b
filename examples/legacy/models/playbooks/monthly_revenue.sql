select customer_id, {{date_trunc "month" "charged_on"}} as month_start, sum(amount) as revenue
from {{ref "charges"}}
group by 1, 2
