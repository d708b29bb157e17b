select
  bool_and(is_paid) as r1
from t
