select *
from (
  select
    tested.*,
    abs(cast(n as double precision) - avg(cast(n as double precision)) over (partition by g))
      / nullif(stddev_samp(cast(n as double precision)) over (partition by g), 0) as deviations_from_mean
  from analytics.tested as tested
) as scored
where deviations_from_mean > 2;

select *
from (
  select
    tested.*,
    abs(cast(z_score as double precision) - avg(cast(z_score as double precision)) over ())
      / nullif(stddev_samp(cast(z_score as double precision)) over (), 0) as deviations_from_mean
  from analytics.tested as tested
) as scored
where deviations_from_mean > 1;
