select
  add_months(renewed_on, 1) as r1
from t
