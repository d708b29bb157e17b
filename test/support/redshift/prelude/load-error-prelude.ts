/** What COPY refused, as both of Redshift's system tables tell it. */
export const LOAD_ERROR_PRELUDE: readonly string[] = [
  `create table stand_in.load_errors (
  session integer,
  table_id oid,
  start_time timestamp,
  file_name text,
  line_number bigint,
  column_name text,
  column_type text,
  column_length text,
  position integer,
  raw_line text,
  raw_value text,
  code integer,
  reason text
)`,
  `create view stand_in.stl_load_errors as
select
  100 as userid,
  0 as slice,
  table_id::integer as tbl,
  start_time as starttime,
  session,
  0 as query,
  file_name::char(256) as filename,
  line_number,
  stand_in.long_name(column_name)::char(127) as colname,
  column_type::char(10) as type,
  column_length::char(10) as col_length,
  position,
  raw_line::char(1024) as raw_line,
  raw_value::char(1024) as raw_field_value,
  code as err_code,
  reason::char(100) as err_reason,
  0 as is_partial,
  0 as start_offset
from stand_in.load_errors`,
  `create view stand_in.sys_load_error_detail as
select
  100 as user_id,
  0::bigint as query_id,
  0::bigint as transaction_id,
  session as session_id,
  current_database()::text as database_name,
  table_id::integer as table_id,
  start_time,
  file_name::char(256) as file_name,
  line_number,
  stand_in.long_name(column_name)::char(127) as column_name,
  column_type::char(10) as column_type,
  column_length::char(10) as column_length,
  position,
  code as error_code,
  reason::char(512) as error_message
from stand_in.load_errors`,
];
