select child.*
from analytics.tested as child
left join analytics.other as parent
  on child.n = parent.id
where child.n is not null
  and parent.id is null;
