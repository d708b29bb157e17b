select *
from (
  select
    g,
    count(case when cast(d as date) = date '2025-12-31' then 1 end) as row_count,
    count(case when cast(d as date) < date '2025-12-31' then 1 end) / 4.0 as usual_row_count
  from analytics.tested
  where cast(d as date) in (date '2025-12-31', date '2025-12-24', date '2025-12-17', date '2025-12-10', date '2025-12-03')
  group by g
) as volumes
where usual_row_count > 0
  and (row_count < 0.5 * usual_row_count or row_count > 2 * usual_row_count);
