with held as (
  select distinct s as value
  from analytics.tested
  where s is not null
)
select value, 0 as expected, 1 as found
from held
where value not in ('a', 'b')
union all
select 'a' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 'a')
union all
select 'b' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 'b');

with held as (
  select distinct v as value
  from analytics.tested
  where v is not null
)
select value, 0 as expected, 1 as found
from held
where value not in ('true', 'false')
union all
select 'true' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 'true')
union all
select 'false' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 'false');

with held as (
  select distinct d as value
  from analytics.tested
  where d is not null
)
select value, 0 as expected, 1 as found
from held
where value not in ('2025-01-01', '2025-01-02')
union all
select '2025-01-01' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = '2025-01-01')
union all
select '2025-01-02' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = '2025-01-02');
