select
count(case when plan = 'pro' then 1 end) as pro,
count(case when plan = 'Order' then 1 end) as "order"
from t
