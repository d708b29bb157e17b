select *
from (
  select
    d as sorted_by,
    n as current_value,
    lag(n) over (order by d) as previous_value
  from analytics.tested
  where n is not null
) as steps
where current_value <= previous_value;
