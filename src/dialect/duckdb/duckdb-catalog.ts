import { literal } from './duckdb-text.ts';

export function catalogQuery(schemas: readonly string[]): string {
  return `select
  columns.schema_name as table_schema,
  columns.table_name,
  case when views.view_name is null then 'table' else 'view' end as kind,
  columns.column_name,
  columns.data_type,
  columns.column_index as ordinal
from duckdb_columns() as columns
left join duckdb_views() as views
  on views.database_name = columns.database_name
  and views.schema_name = columns.schema_name
  and views.view_name = columns.table_name
where columns.database_name = current_database()
  and columns.schema_name in (${listed(schemas)})
order by columns.schema_name, columns.table_name, columns.column_index`;
}

export function columnsQuery(relation: string): string {
  return `select column_name, column_type as data_type, row_number() over () as ordinal
from (describe ${relation})`;
}

export function relationsQuery(schemas: readonly string[]): string {
  return `select schema_name as table_schema, table_name, 'table' as kind, comment, null as definition
from duckdb_tables()
where database_name = current_database()
  and schema_name in (${listed(schemas)})
union all
select schema_name, view_name, 'view', comment, sql
from duckdb_views()
where database_name = current_database()
  and schema_name in (${listed(schemas)})
order by 1, 2`;
}

export function schemasQuery(): string {
  return `select schema_name
from duckdb_schemas()
where database_name = current_database()
order by 1`;
}

/** An empty list matches nothing. */
function listed(schemas: readonly string[]): string {
  return schemas.length === 0 ? 'null' : schemas.map(literal).join(', ');
}
