create table analytics__store.countries__0c1f (
  code varchar(65535),
  since date,
  is_open boolean,
  share double precision
)
diststyle all
