select
  bool_or(is_trial) as r1
from t
