select 'tested' as only_in, rows_of_tested.*
from (
  select *
  from analytics.tested
  except
  select *
  from analytics.other
) as rows_of_tested
union all
select 'compared' as only_in, rows_of_compared.*
from (
  select *
  from analytics.other
  except
  select *
  from analytics.tested
) as rows_of_compared;

select
  a,
  group_2,
  sum(tested_rows) as tested_rows,
  sum(compared_rows) as compared_rows
from (
  select
    a,
    round(n, 1) as group_2,
    count(*) as tested_rows,
    0 as compared_rows
  from analytics.tested
  group by a, round(n, 1)
  union all
  select
    a,
    round(n, 1) as group_2,
    0 as tested_rows,
    count(*) as compared_rows
  from analytics.other
  group by a, round(n, 1)
) as sides
group by a, group_2
having sum(tested_rows) <> sum(compared_rows);
