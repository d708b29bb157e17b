select *
from (
  select
    d as sorted_by,
    cast(n as double precision) as current_value,
    avg(cast(n as double precision)) over (order by d rows between 3 preceding and 1 preceding) as mean_before,
    stddev_samp(cast(n as double precision)) over (order by d rows between 3 preceding and 1 preceding) as standard_deviation_before,
    count(n) over (order by d rows between 3 preceding and 1 preceding) as values_before
  from analytics.tested
) as measured
where values_before = 3
  and abs(current_value - mean_before) > 3 * standard_deviation_before;
