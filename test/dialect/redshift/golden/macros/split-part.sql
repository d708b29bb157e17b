select
  split_part(email, '@', 2) as r1
from t
