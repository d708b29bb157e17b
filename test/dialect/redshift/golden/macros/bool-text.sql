select
  (case when is_paid or is_trial then 'true' when not (is_paid or is_trial) then 'false' end) as r1
from t
