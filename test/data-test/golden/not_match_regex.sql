select *
from analytics.tested
where (s ~ '[0-9]')
  or (s ~ '^test');
