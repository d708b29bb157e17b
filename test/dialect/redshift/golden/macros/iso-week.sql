select
  cast(extract(week from d) as integer) as r1
from t
