select
  order_id,
  md5(coalesce('=' || cast(order_id as text), '') || chr(31) || coalesce('=' || cast(plan as text), '')) as order_key,
  lower(regexp_replace(customer, '.*<(.*)>', '\1', 'g')) as email,
  split_part(customer, ' ', 1) as first_name,
  plan,
  amount,
  cast(cast(amount as numeric) as integer) as rounded_amount,
  (cast(ordered_at as timestamp) at time zone 'UTC' at time zone 'Europe/Berlin') as ordered_at,
  nullif(json_extract_path_text(cast(payload as json), 'device', 'os'), '') as os
from (select distinct on (order_id) *
from analytics.orders
order by order_id, ordered_at desc) as latest
