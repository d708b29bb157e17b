create table analytics__raw.daily_dump (
  activity_date date,
  "user" varchar(24),
  note varchar(65535),
  score double precision,
  amount numeric(18, 2),
  seen_at timestamp,
  is_paid boolean
)
