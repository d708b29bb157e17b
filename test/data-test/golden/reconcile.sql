select
  k,
  max(tested_value) as tested_value,
  max(compared_value) as compared_value
from (
  select
    k,
    sum(n) as tested_value,
    null as compared_value
  from analytics.tested
  group by k
  union all
  select
    k,
    null as tested_value,
    sum(n) as compared_value
  from analytics.other
  group by k
) as sides
group by k
having abs(max(tested_value) - max(compared_value)) > 1
  or count(tested_value) <> count(compared_value);
