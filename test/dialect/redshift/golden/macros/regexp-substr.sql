select
  regexp_substr(url, 'utm_[a-z]+\\d') as r1,
  regexp_substr(url, 'utm', 1, 1, 'i') as r2
from t
