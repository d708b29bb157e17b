select
  trim(filename) as file_name,
  line_number,
  trim(colname) as column_name,
  trim(type) as column_type,
  trim(col_length) as column_length,
  position,
  trim(raw_field_value) as raw_value,
  err_code as error_code,
  trim(err_reason) as reason
from stl_load_errors
where session = 1073
  and starttime >= timestamp '2025-12-31 23:59:58'
order by filename, line_number, position
limit 100
