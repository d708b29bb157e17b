select
  cast(extract(year from d) as integer) as r1,
  cast(extract(quarter from d) as integer) as r2,
  cast(extract(hour from cast(d as timestamp)) as integer) as r3,
  cast(extract(second from cast(d as timestamp)) as integer) as r4,
  cast(to_char(d, 'IYYY') as integer) as r5,
  cast(extract(week from d) as integer) as r6,
  cast(mod(extract(dow from d) + 6, 7) + 1 as integer) as r7,
  cast(extract(doy from d) as integer) as r8
from t
