select
  count(case when is_new then 1 end) as r1
from t
