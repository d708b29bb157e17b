select
  listagg(nullif(cast(plan as varchar(65535)), ''), ', \\ ''') within group (order by started_on desc) as r1
from t
