/** Functions that PostgreSQL has not, or has otherwise; statements are rewritten to call them here. */
export const FUNCTION_PRELUDE: readonly string[] = [
  `create function pg_catalog.getdate() returns timestamp stable language sql as $$
  select date_trunc('second', statement_timestamp() at time zone 'UTC')
$$`,
  `create function pg_catalog.pg_last_copy_count() returns bigint stable language sql as $$
  select coalesce(nullif(current_setting('stand_in.last_copy_count', true), ''), '0')::bigint
$$`,
];
