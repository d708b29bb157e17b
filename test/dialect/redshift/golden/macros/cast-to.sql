select
  cast(round(cast(amount as numeric(38, 10)), 0) as integer) as r1,
  cast(round(cast(amount as numeric(38, 10)), 0) as bigint) as r2,
  cast(round(cast(amount as numeric(38, 10)), 2) as numeric(18, 2)) as r3,
  cast(round(cast(amount as numeric(38, 22)), 20) as numeric(38, 20)) as r4,
  cast(amount as varchar(65535)) as r5,
  cast(amount as varchar(24)) as r6,
  cast(amount as double precision) as r7,
  cast(amount as boolean) as r8,
  cast('2024-02-29' as date) as r9,
  cast('2024-02-29' as timestamp) as r10
from t
