select *
from analytics.tested
where not (s like 'utm\\_%' escape '\\'
  or s like 'ref');
