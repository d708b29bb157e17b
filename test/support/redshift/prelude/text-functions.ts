import { sqlFunction } from './sql-function.ts';

/** A pattern's letters: `i` is PostgreSQL's, `p` and `e` are not. */
const FLAGS = `translate($PARAMETERS, 'pec', '')`;

export function patternFunctions(): readonly string[] {
  const flags = (place: number) => FLAGS.replace('PARAMETERS', String(place));
  const replacement = String.raw`regexp_replace(replace($3, E'\\', E'\\\\'), '[$]([0-9])', E'\\\\\\1', 'g')`;
  return [
    sqlFunction(
      `stand_in.regexp_replace(text, text, text default '', integer default 1, text default '')`,
      'text',
      `left($1, $4 - 1) || pg_catalog.regexp_replace(substr($1, $4), $2, ${replacement}, 'g' || ${flags(5)})`,
    ),
    sqlFunction(
      `stand_in.regexp_substr(text, text, integer default 1, integer default 1, text default '')`,
      'text',
      `coalesce(
    pg_catalog.regexp_substr($1, $2, $3, $4, ${flags(5)}, case when $5 like '%e%' then 1 else 0 end),
    left($1, 0)
  )`,
    ),
    sqlFunction(
      `stand_in.regexp_count(text, text, integer default 1, text default '')`,
      'integer',
      `pg_catalog.regexp_count($1, $2, $3, ${flags(4)})`,
    ),
    sqlFunction(
      `stand_in.regexp_instr(text, text, integer default 1, integer default 1, integer default 0, text default '')`,
      'integer',
      `pg_catalog.regexp_instr($1, $2, $3, $4, $5, ${flags(6)})`,
    ),
  ];
}

export function otherFunctions(): readonly string[] {
  return [
    sqlFunction('pg_catalog.len(text)', 'integer', 'length($1)'),
    sqlFunction('pg_catalog.charindex(text, text)', 'integer', 'strpos($2, $1)'),
    sqlFunction(
      'pg_catalog.round(double precision, integer)',
      'double precision',
      'round($1::numeric, $2)::double precision',
    ),
    sqlFunction(
      'pg_catalog.trunc(double precision, integer)',
      'double precision',
      'trunc($1::numeric, $2)::double precision',
    ),
    `create function pg_catalog.strtol(digits text, base integer) returns bigint immutable strict language plpgsql as $$
declare
  result bigint := 0;
  value integer;
  letter text;
begin
  foreach letter in array regexp_split_to_array(lower(digits), '') loop
    value := strpos('0123456789abcdefghijklmnopqrstuvwxyz', letter) - 1;
    if value < 0 or value >= base then
      raise exception 'The input % is not valid to be converted to base %', digits, base using errcode = '22023';
    end if;
    result := result * base + value;
  end loop;
  return result;
end
$$`,
    sqlFunction(
      'stand_in.json_extract_path_text(text, variadic text[])',
      'text',
      `coalesce(pg_catalog.json_extract_path_text($1::json, variadic $2), left($1, 0))`,
    ),
    sqlFunction('stand_in.json_array_length(text)', 'integer', 'pg_catalog.json_array_length($1::json)'),
  ];
}
