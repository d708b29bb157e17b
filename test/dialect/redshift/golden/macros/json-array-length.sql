select
  json_array_length(tags) as r1
from t
