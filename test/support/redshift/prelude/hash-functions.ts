import { sqlFunction } from './sql-function.ts';

/** FNV-1a of 64 bits; a text of more than 64 bytes is hashed otherwise, as that takes long in PL/pgSQL. */
export function hashFunctions(): readonly string[] {
  const seed = '-3750763034362895579';
  return [
    `create function stand_in.fnv_bytes(bytes bytea, seed bigint) returns bigint immutable strict language plpgsql as $$
declare
  hash bigint := seed;
  low bigint;
  product bigint;
begin
  if length(bytes) > 64 then
    return hashtextextended(encode(bytes, 'hex'), seed);
  end if;
  for place in 0 .. length(bytes) - 1 loop
    hash := hash # get_byte(bytes, place);
    low := hash & 4294967295;
    product := low * 435;
    hash := (((((hash >> 32) & 4294967295) * 435 + (product >> 32) + (low << 8)) & 4294967295) << 32)
      | (product & 4294967295);
  end loop;
  return hash;
end
$$`,
    ...['smallint', 'integer', 'bigint'].map((type, index) =>
      sqlFunction(
        `pg_catalog.fnv_hash(${type}, bigint default ${seed})`,
        'bigint',
        `stand_in.fnv_bytes(${littleEndian(['int2send', 'int4send', 'int8send'][index] ?? '', 2 << index)}, $2)`,
      ),
    ),
    sqlFunction(
      `pg_catalog.fnv_hash(boolean, bigint default ${seed})`,
      'bigint',
      `stand_in.fnv_bytes(convert_to(case when $1 then 't' when not $1 then 'f' end, 'UTF8'), $2)`,
    ),
    sqlFunction(
      `pg_catalog.fnv_hash(anyelement, bigint default ${seed})`,
      'bigint',
      `stand_in.fnv_bytes(convert_to($1::text, 'UTF8'), $2)`,
      'stable',
    ),
    sqlFunction(
      `pg_catalog.fnv_hash(text, bigint default ${seed})`,
      'bigint',
      `stand_in.fnv_bytes(convert_to($1, 'UTF8'), $2)`,
    ),
    sqlFunction(
      'pg_catalog.sha2(text, integer)',
      'text',
      `encode(case $2 when 224 then sha224(convert_to($1, 'UTF8')) when 384 then sha384(convert_to($1, 'UTF8'))
    when 512 then sha512(convert_to($1, 'UTF8')) else sha256(convert_to($1, 'UTF8')) end, 'hex')`,
    ),
  ];
}

function littleEndian(send: string, bytes: number): string {
  const places = Array.from({ length: bytes }, (_, place) => `substr(${send}($1), ${bytes - place}, 1)`);
  return places.join(' || ');
}
