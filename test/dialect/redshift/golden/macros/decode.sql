select
  decode(plan, 'pro', 1, null, 0, 2) as r1
from t
