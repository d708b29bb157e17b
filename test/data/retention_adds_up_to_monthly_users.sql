-- Everybody active in a month belongs to one cohort.
select
  monthly.period_start,
  monthly.active_users,
  cohorts.retained_on
from {{ref "monthly"}} as monthly
left join (
  select
    {{date_plus "month" "month_number" "cohort_month"}} as month_start,
    sum(retained_on) as retained_on
  from {{ref "retention"}}
  group by {{date_plus "month" "month_number" "cohort_month"}}
) as cohorts
  on cohorts.month_start = monthly.period_start
where monthly.slice = 'all'
  and monthly.active_users <> coalesce(cohorts.retained_on, -1)
