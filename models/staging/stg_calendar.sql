-- One row a day of the mapping sheet. `week` stands beside the calendar year there; iso_week goes with iso_year.
select
  date as calendar_date,
  week,
  quarter,
  year,
  iso_year,
  iso_week,
  week_start,
  month_start,
  quarter_start,
  is_weekend
from {{source "raw" "mapping_sheet"}}
