insert into analytics__store.countries__0c1f (code, since, is_open, share)
values
  ('DE', cast('2019-01-01' as date), true, cast('0.5' as double precision)),
  ('C\\O''', null, false, null)
