select year, week, min(date) as first_day, max(date) as last_day
from {{ref "calendar_sheet"}}
group by year, week
