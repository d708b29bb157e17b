select started_on as arr_date, sum(price) as new_price
from {{ref "subscriptions"}}
group by 1
having sum(price) <> 0
