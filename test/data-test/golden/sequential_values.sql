select *
from (
  select
    g,
    n as current_value,
    lag(n) over (partition by g order by n) as previous_value
  from analytics.tested
  where n is not null
) as steps
where current_value <> previous_value + 1;

select *
from (
  select
    d as current_value,
    lag(d) over (order by d) as previous_value
  from analytics.tested
  where d is not null
) as steps
where current_value not between dateadd(month, 1, previous_value) and add_months(previous_value, 1);

select *
from (
  select
    current_value as group_1,
    n as current_value,
    lag(n) over (partition by current_value order by n) as previous_value
  from analytics.tested
  where n is not null
) as steps
where current_value <> previous_value + 1;
