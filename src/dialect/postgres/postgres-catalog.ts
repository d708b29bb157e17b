import { literal } from './postgres-text.ts';

/** Tables, also partitioned and foreign ones; views, also materialized ones. */
const RELATION_KINDS = `('r', 'p', 'f', 'v', 'm')`;

export function catalogQuery(schemas: readonly string[]): string {
  return `select
  schemas.nspname as table_schema,
  relations.relname as table_name,
  case when relations.relkind in ('v', 'm') then 'view' else 'table' end as kind,
  columns.attname as column_name,
  format_type(columns.atttypid, columns.atttypmod) as data_type,
  columns.attnum as ordinal
from pg_catalog.pg_attribute as columns
join pg_catalog.pg_class as relations
  on relations.oid = columns.attrelid
join pg_catalog.pg_namespace as schemas
  on schemas.oid = relations.relnamespace
where schemas.nspname in (${listed(schemas)})
  and relations.relkind in ${RELATION_KINDS}
  and columns.attnum > 0
  and not columns.attisdropped
order by 1, 2, 6`;
}

export function columnsQuery(relation: string): string {
  return `select attname as column_name, format_type(atttypid, atttypmod) as data_type, attnum as ordinal
from pg_catalog.pg_attribute
where attrelid = cast('${relation}' as regclass)
  and attnum > 0
  and not attisdropped`;
}

export function relationsQuery(schemas: readonly string[], withDefinitions = true): string {
  const definition = `case when relations.relkind in ('v', 'm') then pg_get_viewdef(relations.oid) end`;
  return `select
  schemas.nspname as table_schema,
  relations.relname as table_name,
  case when relations.relkind in ('v', 'm') then 'view' else 'table' end as kind,
  obj_description(relations.oid, 'pg_class') as comment,
  ${withDefinitions ? definition : 'null'} as definition
from pg_catalog.pg_class as relations
join pg_catalog.pg_namespace as schemas
  on schemas.oid = relations.relnamespace
where schemas.nspname in (${listed(schemas)})
  and relations.relkind in ${RELATION_KINDS}
order by 1, 2`;
}

/** A view depends on what its rule reads; the rule depends on the view itself too. */
export function dependentViewsQuery(schemas: readonly string[]): string {
  return `select distinct
  view_schemas.nspname as view_schema,
  views.relname as view_name,
  schemas.nspname as table_schema,
  relations.relname as table_name
from pg_catalog.pg_class as relations
join pg_catalog.pg_namespace as schemas
  on schemas.oid = relations.relnamespace
join pg_catalog.pg_depend as dependencies
  on dependencies.refclassid = 'pg_catalog.pg_class'::regclass
  and dependencies.refobjid = relations.oid
  and dependencies.classid = 'pg_catalog.pg_rewrite'::regclass
join pg_catalog.pg_rewrite as rules
  on rules.oid = dependencies.objid
join pg_catalog.pg_class as views
  on views.oid = rules.ev_class
  and views.oid <> relations.oid
join pg_catalog.pg_namespace as view_schemas
  on view_schemas.oid = views.relnamespace
where schemas.nspname in (${listed(schemas)})
  and views.relkind in ('v', 'm')
order by 1, 2, 3, 4`;
}

export function schemasQuery(): string {
  return `select nspname as schema_name
from pg_catalog.pg_namespace
order by 1`;
}

/** Names as an `in (…)` holds them; an empty list matches nothing. */
export function listed(schemas: readonly string[]): string {
  return schemas.length === 0 ? 'null' : schemas.map(literal).join(', ');
}
