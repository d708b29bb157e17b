select *
from (
  select
    tested.*,
    abs(cast(n as double precision) - avg(cast(n as double precision)) over (partition by g))
      / nullif(stddev_samp(cast(n as double precision)) over (partition by g), 0) as z_score
  from analytics.tested as tested
) as scored
where z_score > 2;
