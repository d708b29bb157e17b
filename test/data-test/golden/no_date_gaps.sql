select *
from (
  select
    d as last_date,
    lead(d) over (order by d) as next_date
  from analytics.tested
  where d is not null
  group by d
) as steps
where next_date not between dateadd(month, 3, last_date) and add_months(last_date, 3);

select *
from (
  select
    d as last_date,
    lead(d) over (order by d) as next_date
  from analytics.tested
  where d is not null
  group by d
) as steps
where next_date not between dateadd(month, 12, last_date) and add_months(last_date, 12);

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
