{{config severity="warn"}}
-- At most one landed event in twenty is a copy.
select
  count(*) as landed_rows,
  sum(case when reject_reason = 'duplicate' then 1 else 0 end) as duplicates
from {{ref "stg_events_judged"}}
having 20 * sum(case when reject_reason = 'duplicate' then 1 else 0 end) > count(*)
