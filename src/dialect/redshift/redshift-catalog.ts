import type { Relation } from '../relation.ts';
import { listed, quote, relationName } from './redshift-text.ts';

/*
 * These queries name catalog relations only, which the leader node answers alone: beside a table of the user, its
 * functions would be refused. SVV_COLUMNS knows the columns of late-binding views, which pg_attribute does not.
 */

/** The type of a row of SVV_COLUMNS, which is called `columns`, with its length or precision. */
const FULL_TYPE = `case
    when columns.data_type = 'character varying' and columns.character_maximum_length is not null
      then columns.data_type || '(' || columns.character_maximum_length || ')'
    when columns.data_type = 'numeric' and columns.numeric_precision is not null
      then columns.data_type || '(' || columns.numeric_precision || ',' || columns.numeric_scale || ')'
    else columns.data_type
  end`;

/** Without columns that were dropped and the tables behind materialized views. */
export function catalogQuery(schemas: readonly string[]): string {
  return `select
  columns.table_schema,
  columns.table_name,
  case when tables.table_type = 'VIEW' then 'view' else 'table' end as kind,
  columns.column_name,
  ${FULL_TYPE} as data_type,
  columns.ordinal_position as ordinal
from svv_columns as columns
join svv_tables as tables
  on tables.table_catalog = columns.table_catalog
  and tables.table_schema = columns.table_schema
  and tables.table_name = columns.table_name
where columns.table_schema in (${listed(schemas)})
  and columns.table_catalog = current_database()
  and columns.column_name not like '%pg.dropped.%'
  and left(columns.table_name, 8) <> 'mv_tbl__'
order by columns.table_schema, columns.table_name, columns.ordinal_position`;
}

export function columnsQuery(relation: string): string {
  return `select
  columns.column_name,
  ${FULL_TYPE} as data_type,
  columns.ordinal_position as ordinal
from svv_columns as columns
where replace(columns.table_schema || '.' || columns.table_name, '"', '') = replace('${relation}', '"', '')
  and columns.table_catalog = current_database()
  and columns.column_name not like '%pg.dropped.%'`;
}

/** A view's definition is the text of its query, or, of a late-binding view, of the statement that made it. */
export function relationsQuery(schemas: readonly string[], withDefinitions = true): string {
  const definition = `case when relation.relkind = 'v' then pg_get_viewdef(relation.oid) end`;
  return `select
  cast(namespace.nspname as varchar(256)) as table_schema,
  cast(relation.relname as varchar(256)) as table_name,
  case when relation.relkind = 'v' then 'view' else 'table' end as kind,
  obj_description(relation.oid, 'pg_class') as comment,
  ${withDefinitions ? definition : 'null'} as definition
from pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
where namespace.nspname in (${listed(schemas)})
  and relation.relkind in ('r', 'v')
  and left(relation.relname, 8) <> 'mv_tbl__'
order by 1, 2`;
}

/** Late-binding views depend on nothing as far as the catalog knows. */
export function dependentViewsQuery(schemas: readonly string[]): string {
  return `select distinct
  cast(view_namespace.nspname as varchar(256)) as view_schema,
  cast(dependent.relname as varchar(256)) as view_name,
  cast(table_namespace.nspname as varchar(256)) as table_schema,
  cast(referenced.relname as varchar(256)) as table_name
from pg_depend as dependency
join pg_rewrite as rewriting on rewriting.oid = dependency.objid
join pg_class as dependent on dependent.oid = rewriting.ev_class
join pg_namespace as view_namespace on view_namespace.oid = dependent.relnamespace
join pg_class as referenced on referenced.oid = dependency.refobjid
join pg_namespace as table_namespace on table_namespace.oid = referenced.relnamespace
where table_namespace.nspname in (${listed(schemas)})
  and referenced.oid <> dependent.oid
order by 1, 2, 3, 4`;
}

export function schemasQuery(): string {
  return `select cast(nspname as varchar(256)) as schema_name
from pg_namespace
order by 1`;
}

/** Every column is hashed by itself, so that NULL differs from any text, and booleans need no cast. */
export function checksumQuery(relation: Relation, columns: readonly string[]): string {
  const hashes = columns.map((column) => `coalesce(cast(fnv_hash(${quote(column)}) as varchar(20)), '')`);
  return `select
  count(*) as row_count,
  cast(sum(cast(fnv_hash(
    ${hashes.join(` || '|' ||\n    `)}
  ) as numeric(38, 0))) as varchar(40)) as checksum
from ${relationName(relation)}`;
}
