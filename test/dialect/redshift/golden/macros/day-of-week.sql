select
  cast(mod(extract(dow from d) + 6, 7) + 1 as integer) as r1
from t
