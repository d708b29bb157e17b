select
  datediff(month, started_on, ended_on) as r1,
  (datediff(day, date_trunc('week', started_on), date_trunc('week', ended_on)) / 7) as r2
from t
