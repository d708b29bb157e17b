select
  months_between(cast(ended_on as date), cast(started_on as date)) as r1
from t
