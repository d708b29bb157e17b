select
  (coalesce(cast(first_name as varchar(65535)), '') || coalesce(cast(last_name as varchar(65535)), '')) as r1
from t
