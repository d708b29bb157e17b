select
  cast(to_char(d, 'IYYY') as integer) as r1
from t
