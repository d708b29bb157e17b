-- At most one period of each kind is incomplete: the one that holds as_of_date.
select
  'weekly' as model,
  period_start
from {{ref "weekly"}}
where not is_complete
group by period_start
having period_start < (select max(period_start) from {{ref "weekly"}})

union all

select
  'monthly' as model,
  period_start
from {{ref "monthly"}}
where not is_complete
group by period_start
having period_start < (select max(period_start) from {{ref "monthly"}})
