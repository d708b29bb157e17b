select *
from analytics.tested
where n < 0
  or n > most;
