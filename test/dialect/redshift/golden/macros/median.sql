select
  median(cast(amount as double precision)) as r1
from t
