select
  to_char(d, 'YYYY-MM-DD HH24:MI:SS') as r1,
  (to_char(d, 'YYYY') || 'Q' || to_char(d, 'Q')) as r2,
  rtrim(to_char(d, 'Day')) as r3,
  (rtrim(to_char(d, 'Month')) || to_char(d, ' DD, YYYY')) as r4,
  (to_char(d, 'IYYY') || '-W' || to_char(d, 'IW-') || cast(cast(mod(extract(dow from d) + 6, 7) + 1 as integer) as varchar(1))) as r5
from t
