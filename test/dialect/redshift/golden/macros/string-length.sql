select
  len(email) as r1
from t
