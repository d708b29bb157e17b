select
  columns.table_schema,
  columns.table_name,
  case when tables.table_type = 'VIEW' then 'view' else 'table' end as kind,
  columns.column_name,
  case
    when columns.data_type = 'character varying' and columns.character_maximum_length is not null
      then columns.data_type || '(' || columns.character_maximum_length || ')'
    when columns.data_type = 'numeric' and columns.numeric_precision is not null
      then columns.data_type || '(' || columns.numeric_precision || ',' || columns.numeric_scale || ')'
    else columns.data_type
  end as data_type,
  columns.ordinal_position as ordinal
from svv_columns as columns
join svv_tables as tables
  on tables.table_catalog = columns.table_catalog
  and tables.table_schema = columns.table_schema
  and tables.table_name = columns.table_name
where columns.table_schema in ('analytics', 'analytics__store')
  and columns.table_catalog = current_database()
  and columns.column_name not like '%pg.dropped.%'
  and left(columns.table_name, 8) <> 'mv_tbl__'
order by columns.table_schema, columns.table_name, columns.ordinal_position
