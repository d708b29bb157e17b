select
  cast(date_trunc('week', event_ts) as date) as r1,
  date_trunc('hour', event_ts) as r2
from t
