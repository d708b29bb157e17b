select
  regexp_count(path, '/') as r1,
  regexp_count(path, 'a', 1, 'i') as r2
from t
