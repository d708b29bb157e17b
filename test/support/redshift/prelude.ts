/** What the stand-in needs in the PostgreSQL database behind it; each statement can be run again. */
export const PRELUDE: readonly string[] = [
  'create schema if not exists stand_in',
  `create or replace function stand_in.fail() returns void language plpgsql as $$
begin
  raise exception 'the transaction fails, as it would on Redshift';
end
$$`,
];
