copy analytics__raw.daily_dump (
  activity_date,
  "user",
  note
)
from 's3://bucket/landing/_loads/8f2c/daily_dump.manifest'
iam_role default
region 'eu-west-1'
format as csv
manifest
ignoreheader 1
null as '@NULL@'
dateformat 'YYYY-MM-DD'
timeformat 'auto'
roundec
compupdate off
statupdate off
maxerror 0
