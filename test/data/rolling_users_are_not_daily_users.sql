{{config severity="warn"}}
-- On nine days in ten more people were active in the week than on the day. A window that counts the wrong side
-- of its join repeats dau on every day, and passes every range test.
select
  count(*) as days,
  sum(case when wau_7 = dau then 1 else 0 end) as degenerate_days
from {{ref "daily"}}
where slice = 'all'
  and not is_warmup
having 10 * sum(case when wau_7 = dau then 1 else 0 end) > count(*)
