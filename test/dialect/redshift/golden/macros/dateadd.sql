select
  dateadd(day, -6, activity_date) as r1,
  dateadd(month, n + 1, a.d) as r2,
  dateadd(year, 1, timestamp '2016-02-29') as r3
from t
