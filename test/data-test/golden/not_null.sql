select *
from (
  select *
  from analytics.tested
  where n > 1
) as tested
where n is null;
