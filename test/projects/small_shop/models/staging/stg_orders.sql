select order_id, amount, country, ordered_on
from {{source "raw" "orders"}}
where ordered_on <= {{date (var "as_of_date")}}
