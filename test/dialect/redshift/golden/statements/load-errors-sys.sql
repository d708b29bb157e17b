select
  trim(file_name) as file_name,
  line_number,
  trim(column_name) as column_name,
  trim(column_type) as column_type,
  trim(column_length) as column_length,
  position,
  cast(null as varchar(1024)) as raw_value,
  error_code,
  trim(error_message) as reason
from sys_load_error_detail
where session_id = 1073
  and start_time >= timestamp '2025-12-31 23:59:58'
order by file_name, line_number, position
limit 100
