/** What stands for names that PostgreSQL would cut, and how its catalog tells them whole. */
export const NAME_PRELUDE: readonly string[] = [
  'create table stand_in.long_names (short text primary key, long text)',
  `create function stand_in.long_name(name text) returns text stable language sql as $$
  select coalesce((select long from stand_in.long_names where short = name), name)
$$`,
  `create function stand_in.with_long_names(told text) returns text stable language plpgsql as $$
declare
  known record;
begin
  for known in select short, long from stand_in.long_names loop
    told := replace(told, known.short, known.long);
  end loop;
  return told;
end
$$`,
];
