select lower(max(data_type)) as data_type
from (
  select
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
  where replace(columns.table_schema || '.' || columns.table_name, '"', '') = replace('analytics.tested', '"', '')
    and columns.table_catalog = current_database()
    and columns.column_name not like '%pg.dropped.%'
) as catalog_columns
where lower(column_name) = 'id'
having count(*) = 0
  or lower(max(data_type)) not in ('integer');

select lower(max(data_type)) as data_type
from (
  select
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
  where replace(columns.table_schema || '.' || columns.table_name, '"', '') = replace('analytics.tested', '"', '')
    and columns.table_catalog = current_database()
    and columns.column_name not like '%pg.dropped.%'
) as catalog_columns
where lower(column_name) = 'name'
having count(*) = 0
  or lower(max(data_type)) not in ('varchar', 'character varying(9)');

select lower(max(data_type)) as data_type
from (
  select
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
  where replace(columns.table_schema || '.' || columns.table_name, '"', '') = replace('analytics.tested', '"', '')
    and columns.table_catalog = current_database()
    and columns.column_name not like '%pg.dropped.%'
) as catalog_columns
where lower(column_name) = 'amount'
having count(*) = 0
  or lower(max(data_type)) not in ('numeric(9,2)', 'decimal(9,2)');

select lower(max(data_type)) as data_type
from (
  select
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
  where replace(columns.table_schema || '.' || columns.table_name, '"', '') = replace('analytics.tested', '"', '')
    and columns.table_catalog = current_database()
    and columns.column_name not like '%pg.dropped.%'
) as catalog_columns
where lower(column_name) = 'at'
having count(*) = 0
  or lower(max(data_type)) not in ('timestamp', 'timestamp without time zone');
