select
  last_day(d) as r1
from t
