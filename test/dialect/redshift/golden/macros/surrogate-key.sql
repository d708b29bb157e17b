select
  md5(coalesce('=' || cast(user_id as varchar(65535)), '') || chr(31) || coalesce('=' || cast(activity_date as varchar(65535)), '')) as r1
from t
