select column_name, max(expected) as expected, max(found) as found
from (
  select 'amount' as column_name, 1 as expected, cast(null as integer) as found
  union all
  select 'id', 2, null
  union all
  select lower(column_name), null, ordinal
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
) as listed
group by column_name
having count(found) = 0;
