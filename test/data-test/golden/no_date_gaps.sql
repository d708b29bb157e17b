select *
from (
  select
    g as group_1,
    d as last_date,
    lead(d) over (partition by g order by d) as next_date
  from analytics.tested
  where d is not null
  group by g, d
) as steps
where next_date <> dateadd(week, 1, last_date);
