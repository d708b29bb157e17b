create table analytics__store.daily__3fa9c1d2e4b7 (
  activity_date date encode raw,
  dau bigint encode az64
)
diststyle even
sortkey (activity_date)
