select
  percentile_cont(0.95) within group (order by cast(seconds as double precision)) as r1
from t
