select
  order_id,
  md5(coalesce('=' || cast(order_id as varchar), '') || chr(31) || coalesce('=' || cast(plan as varchar), '')) as order_key,
  lower(regexp_replace(customer, '(?s).*<(.*)>', '\1', 'g')) as email,
  split_part(customer, ' ', 1) as first_name,
  plan,
  amount,
  cast(cast(amount as decimal(38, 10)) as integer) as rounded_amount,
  (cast(ordered_at as timestamp) at time zone 'UTC' at time zone 'Europe/Berlin') as ordered_at,
  nullif(json_extract_string(payload, '/device/os'), '') as os
from (select *
from analytics.orders
qualify row_number() over (partition by order_id order by ordered_at desc) = 1) as latest
