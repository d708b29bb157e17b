select *
from (
  select
    g,
    count(case when cast(d as date) = date '2025-12-31' then 1 end) as row_count,
    count(case when cast(d as date) < date '2025-12-31' then 1 end) as row_count_before,
    count(distinct case when cast(d as date) < date '2025-12-31' then cast(d as date) end) as days_before
  from analytics.tested
  where cast(d as date) in (date '2025-12-31', date '2025-12-24', date '2025-12-17', date '2025-12-10', date '2025-12-03')
  group by g
) as volumes
where row_count * days_before < 0.5 * row_count_before
  or row_count * days_before > 2 * row_count_before;
