select *
from analytics.tested
where not (s ~ '^[A-Z]{2}-\\d+$');

select *
from analytics.tested
where not ((s ~ '^a')
  and (regexp_instr(s, 'Z$', 1, 1, 0, 'i') > 0));
