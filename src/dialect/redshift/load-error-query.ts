import { literal } from './redshift-text.ts';

/** The loads whose errors are wanted: those of one session since a moment of Redshift's clock, in UTC. */
export interface LoadErrorScope {
  /** `pg_backend_pid()` of the session that copied. */
  readonly session: number;
  /** ISO text, such as `2025-12-31 23:59:58`. */
  readonly since: string;
}

/** A row of a load-error query: a cell that COPY refused; `raw_value` is NULL where Redshift does not keep it. */
export interface LoadErrorRow {
  readonly file_name: string;
  readonly line_number: number;
  readonly column_name: string | null;
  readonly column_type: string | null;
  readonly column_length: string | null;
  readonly position: number | null;
  readonly raw_value: string | null;
  readonly error_code: number;
  readonly reason: string;
}

/**
 * The queries that give what COPY refused, a `LoadErrorRow` each, best first: the first of them that the warehouse has
 * is enough. Only SYS views are sure to exist on serverless workgroups; only STL tables keep the value.
 */
export function loadErrorQueries(scope: LoadErrorScope): readonly string[] {
  return [systemViewQuery(scope), systemTableQuery(scope)];
}

function systemViewQuery({ session, since }: LoadErrorScope): string {
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

function systemTableQuery({ session, since }: LoadErrorScope): string {
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
