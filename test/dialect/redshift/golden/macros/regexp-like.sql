select
  (path ~ '^/\\d+$') as r1,
  (regexp_instr(path, 'a', 1, 1, 0, 'i') > 0) as r2
from t
