-- Every complete relation ends with as_of_date, also where the last days were quiet.
select
  'daily' as model,
  max(activity_date) as last_day
from {{ref "daily"}}
having max(activity_date) <> {{date (var "as_of_date")}}

union all

select
  'weekly' as model,
  max(period_start) as last_day
from {{ref "weekly"}}
having max(period_start) <> {{date_trunc "week" (date (var "as_of_date"))}}

union all

select
  'monthly' as model,
  max(period_start) as last_day
from {{ref "monthly"}}
having max(period_start) <> {{date_trunc "month" (date (var "as_of_date"))}}

union all

select
  'arr' as model,
  max(as_of_day) as last_day
from {{ref "arr"}}
having max(as_of_day) <> {{date (var "as_of_date")}}

union all

select
  'arr_bridge' as model,
  max(month_start) as last_day
from {{ref "arr_bridge"}}
having max(month_start) <> {{date_trunc "month" (date (var "as_of_date"))}}
