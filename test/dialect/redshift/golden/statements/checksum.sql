select
  count(*) as row_count,
  cast(sum(cast(fnv_hash(
    coalesce(cast(fnv_hash(activity_date) as varchar(20)), '') || '|' ||
    coalesce(cast(fnv_hash("user") as varchar(20)), '') || '|' ||
    coalesce(cast(fnv_hash(amount) as varchar(20)), '')
  ) as numeric(38, 0))) as varchar(40)) as checksum
from analytics__raw.daily_dump
