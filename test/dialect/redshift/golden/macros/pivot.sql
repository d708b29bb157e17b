select
sum(case when plan = 'pro' then mrr else 0 end) as mrr_pro,
sum(case when plan = 'o''neil' then mrr else 0 end) as "mrr_o'neil"
from t
