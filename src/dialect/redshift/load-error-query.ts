import type { LoadErrorLog, LoadScope } from '../dialect.ts';
import { literal } from './redshift-text.ts';

/** What COPY refused: only SYS views are sure to exist on serverless workgroups; only STL tables keep the value. */
export const loadErrors: LoadErrorLog = {
  isMeantBy: (message) => /^Load into table|\b(?:stl|sys|svl)_load_?err/i.test(message),
  scopeQuery: 'select pg_backend_pid() as session, getdate() as since',
  queries: (scope) => [systemViewQuery(scope), systemTableQuery(scope)],
};

function systemViewQuery({ session, since }: LoadScope): string {
  return `select
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
where session_id = ${literal(session)}
  and start_time >= timestamp ${literal(since)}
order by file_name, line_number, position
limit 100`;
}

function systemTableQuery({ session, since }: LoadScope): string {
  return `select
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
where session = ${literal(session)}
  and starttime >= timestamp ${literal(since)}
order by filename, line_number, position
limit 100`;
}
