with held as (
  select distinct n as value
  from analytics.tested
  where n is not null
)
select 1 as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 1)
union all
select 2 as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = 2);

with held as (
  select distinct n as value
  from analytics.tested
  where n is not null
)
select '1' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = '1')
union all
select '2' as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = '2');
