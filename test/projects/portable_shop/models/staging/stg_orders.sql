select
  order_id,
  {{surrogate_key "order_id" "plan"}} as order_key,
  lower({{regexp_replace "customer" ".*<(.*)>" "$1"}}) as email,
  {{split_part "customer" " " 1}} as first_name,
  plan,
  amount,
  {{cast_to "amount" "integer"}} as rounded_amount,
  {{convert_timezone "Europe/Berlin" "ordered_at"}} as ordered_at,
  {{json_text "payload" "device" "os"}} as os
from ({{deduplicate (ref "orders") "order_id" "ordered_at desc"}}) as latest
