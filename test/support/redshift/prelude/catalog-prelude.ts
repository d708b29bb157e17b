import { rightFunctions } from './right-functions.ts';

/** What Redshift's catalog knows and PostgreSQL's does not, and the views that show both as Redshift does. */
export const CATALOG_PRELUDE: readonly string[] = [
  `create table stand_in.layouts (
  relation oid primary key,
  style text,
  dist_key text,
  sort_style text,
  sort_keys text[],
  backup boolean,
  encodings jsonb
)`,
  `create function stand_in.keep_layout(
  of_relation regclass, style text, dist_key text, sort_style text, sort_keys text[], backup boolean, encodings jsonb
) returns void language plpgsql as $$
declare
  key text;
begin
  foreach key in array dist_key || sort_keys loop
    if key is not null and not exists (
      select 1 from pg_attribute where attrelid = of_relation and attname = key and attnum > 0 and not attisdropped
    ) then
      raise exception 'column "%" named in key does not exist', key using errcode = '42703';
    end if;
  end loop;
  insert into stand_in.layouts
  values (of_relation, keep_layout.style, keep_layout.dist_key, keep_layout.sort_style,
    keep_layout.sort_keys, keep_layout.backup, keep_layout.encodings)
  on conflict (relation) do update set style = excluded.style, dist_key = excluded.dist_key,
    sort_style = excluded.sort_style, sort_keys = excluded.sort_keys, backup = excluded.backup,
    encodings = excluded.encodings;
end
$$`,
  'create table stand_in.late_views (relation oid primary key, query text)',
  `create function stand_in.keep_late_view(view text, query text, kept text, replaces boolean)
returns void language plpgsql as $$
declare
  columns text;
  held bigint;
begin
  begin
    execute 'create temporary view stand_in_probe as ' || query;
    select string_agg(format('null::%s as %I', format_type(atttypid, atttypmod), attname), ', ' order by attnum)
    into columns
    from pg_attribute
    where attrelid = 'pg_temp.stand_in_probe'::regclass and attnum > 0;
    drop view pg_temp.stand_in_probe;
  exception when others then
    columns := '';
  end;
  select count(*) into held from pg_attribute where attrelid = to_regclass(view) and attnum > 0;
  execute format('create %s view %s as select %s where false', case when replaces then 'or replace' end, view, columns);
  if held > 0 and held <> (select count(*) from pg_attribute where attrelid = to_regclass(view) and attnum > 0) then
    raise exception 'cannot change number of columns in view' using errcode = '42P16';
  end if;
  insert into stand_in.late_views values (view::regclass, kept)
  on conflict (relation) do update set query = excluded.query;
end
$$`,
  `create function stand_in.pg_get_viewdef(view oid) returns text stable language sql as $$
  select stand_in.with_long_names(coalesce(
    (
      select 'create view ' || view::regclass || ' as ' || query || ' with no schema binding;'
      from stand_in.late_views
      where relation = view
    ),
    pg_catalog.pg_get_viewdef(view)
  ))
$$`,
  `create table stand_in.identities (kind text, name text, number serial, primary key (kind, name))`,
  `create table stand_in.privileges (
  object oid, kind text, name text, privilege text, primary key (object, kind, name, privilege)
)`,
  `create function stand_in.check_identity(kind text, name text) returns void language plpgsql as $$
begin
  if kind <> 'public' and not exists (
    select 1 from stand_in.identities as i where i.kind = check_identity.kind and i.name = check_identity.name
  ) then
    raise exception '% "%" does not exist', kind, name using errcode = '42704';
  end if;
end
$$`,
  ...rightFunctions(),
  `create view stand_in.pg_user as
select
  name as usename,
  99 + number as usesysid,
  false as usecreatedb,
  false as usesuper,
  false as usecatupd,
  '********'::text as passwd,
  null::text as valuntil,
  null::text as useconfig
from stand_in.identities
where kind = 'user'`,
  `create view stand_in.pg_group as
select name as groname, 99 + number as grosysid from stand_in.identities where kind = 'group'`,
  `create view stand_in.svv_roles as
select number as role_id, name as role_name, 'analyst'::text as role_owner, null::text as external_id
from stand_in.identities
where kind = 'role' and stand_in.is_seen(kind, name)
union all
select 0, 'sys:operator', 'rdsdb', null`,
  `create view stand_in.svv_relation_privileges as
select
  stand_in.long_name(namespace.nspname) as namespace_name,
  stand_in.long_name(relation.relname) as relation_name,
  granted.privilege as privilege_type,
  identity.number as identity_id,
  granted.name as identity_name,
  granted.kind as identity_type,
  false as admin_option
from stand_in.privileges as granted
join pg_class as relation on relation.oid = granted.object
join pg_namespace as namespace on namespace.oid = relation.relnamespace
left join stand_in.identities as identity on identity.kind = granted.kind and identity.name = granted.name
where stand_in.is_seen(granted.kind, granted.name)`,
  `create view stand_in.svv_schema_privileges as
select
  stand_in.long_name(namespace.nspname) as namespace_name,
  granted.privilege as privilege_type,
  identity.number as identity_id,
  granted.name as identity_name,
  granted.kind as identity_type,
  false as admin_option
from stand_in.privileges as granted
join pg_namespace as namespace on namespace.oid = granted.object
left join stand_in.identities as identity on identity.kind = granted.kind and identity.name = granted.name
where stand_in.is_seen(granted.kind, granted.name)`,
  `create view stand_in.pg_class as
select
  oid, stand_in.long_name(relname) as relname, relnamespace, reltype, relowner, reltuples, relnatts, relhasindex, relpersistence,
  case relkind when 'm' then 'v'::"char" else relkind end as relkind
from pg_catalog.pg_class`,
  `create view stand_in.pg_namespace as
select oid, stand_in.long_name(nspname) as nspname, nspowner from pg_catalog.pg_namespace`,
  `create view stand_in.pg_tables as
select stand_in.long_name(schemaname) as schemaname, stand_in.long_name(tablename) as tablename, tableowner
from pg_catalog.pg_tables`,
  `create view stand_in.svv_tables as
select
  current_database()::text as table_catalog,
  stand_in.long_name(namespace.nspname) as table_schema,
  stand_in.long_name(relation.relname) as table_name,
  case when relation.relkind in ('v', 'm') then 'VIEW' else 'BASE TABLE' end as table_type,
  obj_description(relation.oid, 'pg_class') as remarks
from pg_catalog.pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
where relation.relkind in ('r', 'v', 'm') and namespace.nspname not in ('stand_in', 'pg_toast')`,
  `create view stand_in.svv_columns as
select
  current_database()::text as table_catalog,
  stand_in.long_name(namespace.nspname) as table_schema,
  stand_in.long_name(relation.relname) as table_name,
  stand_in.long_name(attribute.attname) as column_name,
  attribute.attnum::integer as ordinal_position,
  case when attribute.attnotnull then 'NO' else 'YES' end as is_nullable,
  case attribute.atttypid
    when 'text'::regtype then 'character varying'
    when 'jsonb'::regtype then 'super'
    when 'bytea'::regtype then 'varbyte'
    else format_type(attribute.atttypid, null)
  end as data_type,
  case when attribute.atttypid in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
    then case when attribute.atttypmod < 0 then 65535 else attribute.atttypmod - 4 end
  end as character_maximum_length,
  case when attribute.atttypid = 'numeric'::regtype
    then case when attribute.atttypmod < 0 then 38 else ((attribute.atttypmod - 4) >> 16) & 65535 end
  end as numeric_precision,
  case when attribute.atttypid = 'numeric'::regtype
    then case when attribute.atttypmod < 0 then 10 else (attribute.atttypmod - 4) & 65535 end
  end as numeric_scale,
  col_description(relation.oid, attribute.attnum) as remarks
from pg_catalog.pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
join pg_attribute as attribute on attribute.attrelid = relation.oid
where relation.relkind in ('r', 'v', 'm')
  and namespace.nspname not in ('stand_in', 'pg_toast')
  and attribute.attnum > 0
  and not attribute.attisdropped`,
  `create view stand_in.svv_table_info as
select
  current_database()::text as database,
  stand_in.long_name(namespace.nspname) as schema,
  relation.oid as table_id,
  stand_in.long_name(relation.relname) as "table",
  case when layout.encodings = '{}' then 'Y, AUTO(ENCODE)' else 'Y' end as encoded,
  case layout.style
    when 'key' then 'KEY(' || stand_in.long_name(layout.dist_key) || ')'
    when 'auto' then 'AUTO(ALL)'
    else upper(layout.style)
  end as diststyle,
  case
    when cardinality(layout.sort_keys) = 0 then 'AUTO(SORTKEY)'
    when layout.sort_style = 'interleaved' then 'INTERLEAVED'
    else stand_in.long_name(layout.sort_keys[1])
  end as sortkey1,
  cardinality(layout.sort_keys) as sortkey_num,
  greatest(relation.reltuples, 0)::numeric(38, 0) as tbl_rows
from pg_catalog.pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
join stand_in.layouts as layout on layout.relation = relation.oid
where relation.relkind in ('r', 'm') and pg_relation_size(relation.oid) > 0`,
  `create view stand_in.stv_tbl_perm as
select
  slice,
  relation.oid::integer as id,
  stand_in.long_name(relation.relname)::char(72) as name,
  0::bigint as rows,
  case when layout.backup then 1 else 0 end as backup
from pg_catalog.pg_class as relation
join stand_in.layouts as layout on layout.relation = relation.oid
cross join generate_series(0, 3) as slice
where relation.relkind in ('r', 'm')`,
  `create view stand_in.pg_table_def as
select
  stand_in.long_name(namespace.nspname) as schemaname,
  stand_in.long_name(relation.relname) as tablename,
  stand_in.long_name(attribute.attname) as "column",
  case attribute.atttypid
    when 'text'::regtype then 'character varying(65535)'
    when 'jsonb'::regtype then 'super'
    else format_type(attribute.atttypid, attribute.atttypmod)
  end as type,
  coalesce(layout.encodings ->> attribute.attname,
    case when attribute.attname = any(layout.sort_keys) then 'none' else 'az64' end) as encoding,
  coalesce(attribute.attname = layout.dist_key, false) as distkey,
  coalesce(array_position(layout.sort_keys, attribute.attname::text), 0)
    * case when layout.sort_style = 'interleaved'
        and array_position(layout.sort_keys, attribute.attname::text) % 2 = 0 then -1 else 1 end as sortkey,
  attribute.attnotnull as "notnull"
from pg_catalog.pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
join pg_attribute as attribute on attribute.attrelid = relation.oid
left join stand_in.layouts as layout on layout.relation = relation.oid
where relation.relkind = 'r'
  and namespace.nspname = any(current_schemas(true))
  and attribute.attnum > 0
  and not attribute.attisdropped`,
  `create view stand_in.stv_slices as select 0 as node, slice from generate_series(0, 3) as slice`,
];
