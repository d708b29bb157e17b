select
  regexp_replace(phone, '[^0-9]', '') as r1,
  regexp_replace(phone, '(\\d+)\\.', '<$1>') as r2
from t
