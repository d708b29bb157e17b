select *
from (
  select
    k as partition_1,
    low as lower_bound,
    high as upper_bound,
    lead(low) over (partition by k order by low, high) as next_lower_bound
  from analytics.tested
) as ranges
where lower_bound is null
  or lower_bound >= upper_bound
  or next_lower_bound < upper_bound
  or (upper_bound is null and next_lower_bound is not null);
