select id, "user"
from analytics.a
union all
select id, "user"
from analytics.b
