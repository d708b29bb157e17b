select
  (cast(retained as double precision) / nullif(cohort_size, 0)) as r1
from t
