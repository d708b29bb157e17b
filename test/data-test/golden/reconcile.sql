select
  k,
  tested_value,
  compared_value
from (
  select
    k,
    tested_value,
    coalesce(compared_value, lead(compared_value) over (partition by k order by side)) as compared_value,
    row_number() over (partition by k order by side) as place
  from (
    select
      k,
      1 as side,
      sum(n) as tested_value,
      null as compared_value
    from analytics.tested
    group by k
    union all
    select
      k,
      2 as side,
      null as tested_value,
      sum(n) as compared_value
    from analytics.other
    group by k
  ) as sides
) as pairs
where place = 1
  and (abs(tested_value - compared_value) > 1 or (tested_value is null) <> (compared_value is null));

select
  k,
  tested_value,
  compared_value
from (
  select
    k,
    tested_value,
    coalesce(compared_value, lead(compared_value) over (partition by k order by side)) as compared_value,
    row_number() over (partition by k order by side) as place
  from (
    select
      k,
      1 as side,
      bool_or(n > 1) as tested_value,
      null as compared_value
    from analytics.tested
    group by k
    union all
    select
      k,
      2 as side,
      null as tested_value,
      bool_or(n > 1) as compared_value
    from analytics.other
    group by k
  ) as sides
) as pairs
where place = 1
  and (tested_value <> compared_value or (tested_value is null) <> (compared_value is null));
