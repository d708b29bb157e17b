/**
 * The casts from BOOLEAN to texts, which PostgreSQL has and Redshift has not: they fail for the first row that they meet.
 * Casts that PostgreSQL makes of itself would take the place of casts that are taken away, so that these stay and fail.
 */
export function booleanCasts(): readonly string[] {
  return [
    `create function stand_in.boolean_as_text(boolean) returns text language plpgsql immutable as $$
begin
  raise exception 'cannot cast type boolean to character varying' using errcode = '42846';
end
$$`,
    `update pg_cast set castfunc = 'stand_in.boolean_as_text(boolean)'::regprocedure
where castsource = 'boolean'::regtype and casttarget in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)`,
  ];
}
