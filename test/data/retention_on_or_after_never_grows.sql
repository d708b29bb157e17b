-- Who is seen in a month or later was seen in the month before or later.
select
  later.cohort_month,
  later.month_number,
  later.retained_on_or_after,
  earlier.retained_on_or_after as retained_on_or_after_month_before
from {{ref "retention"}} as later
inner join {{ref "retention"}} as earlier
  on earlier.cohort_month = later.cohort_month
  and earlier.month_number = later.month_number - 1
where later.retained_on_or_after > earlier.retained_on_or_after
