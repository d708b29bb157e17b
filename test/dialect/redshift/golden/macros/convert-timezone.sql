select
  convert_timezone('UTC', 'Europe/Berlin', cast(event_ts as timestamp)) as r1,
  convert_timezone('EST', 'PST', cast(event_ts as timestamp)) as r2
from t
