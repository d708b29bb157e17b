select
  {{iso_year "date"}} as year,
  {{iso_week "date"}} as week,
  min(date) as first_day,
  max(date) as last_day
from {{ref "calendar_sheet"}}
group by 1, 2
