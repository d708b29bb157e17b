select
  md5(cast(user_id as varchar(65535))) as r1
from t
