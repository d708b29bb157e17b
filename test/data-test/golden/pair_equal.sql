select *
from analytics.tested
where a <> b + 1
  or (a is null and b + 1 is not null)
  or (a is not null and b + 1 is null);
