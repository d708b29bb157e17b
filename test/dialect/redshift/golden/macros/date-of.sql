select
  cast(event_ts as date) as r1
from t
