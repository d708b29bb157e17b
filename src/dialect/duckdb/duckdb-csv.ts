import type { CsvLoad } from '../dialect.ts';
import { literal, quote, relationName } from './duckdb-text.ts';
import { duckdbType } from './duckdb-type.ts';

/**
 * Inserts the rows of CSV files as RFC 4180 has them: nothing is sniffed, every type is the declared one, and no value comes
 * from the name of a folder.
 */
export function loadCsv(load: CsvLoad): string {
  const columns = load.columns.map((column) => quote(column.name)).join(', ');
  const types = load.columns.map(({ name, type }) => `${literal(name)}: ${literal(duckdbType(type))}`);
  return `insert into ${relationName(load.into)} (${columns})
select ${columns}
from read_csv(
  [${load.files.map(literal).join(', ')}],
  columns = {${types.join(', ')}},
  auto_detect = false,
  hive_partitioning = false,
  header = true,
  delim = ',',
  quote = '"',
  escape = '"',
  nullstr = ${literal(load.nullMarker)},
  allow_quoted_nulls = false,
  strict_mode = true,
  compression = ${load.gzip ? `'gzip'` : `'none'`}${load.badRows === 'set-aside' ? ',\n  store_rejects = true' : ''}
)`;
}

/**
 * What loads with `store_rejects` left out. A row that is too short is listed once, not once for each missing column.
 */
export function loadRejectsQuery(): string {
  return `select
  scans.file_path as file,
  errors.line,
  errors.line_byte_position - 1 as byte_offset,
  errors.column_name,
  case
    when errors.error_type = 'CAST' then regexp_extract(errors.error_message, 'Could not convert string "(.*)" to ', 1, 's')
  end as value,
  errors.error_message as reason,
  errors.csv_line as record
from reject_errors as errors
join reject_scans as scans using (scan_id, file_id)
qualify errors.error_type <> 'MISSING COLUMNS'
  or row_number() over (
    partition by scan_id, file_id, errors.line, errors.error_type
    order by errors.column_idx
  ) = 1
order by scan_id, file_id, errors.line, errors.column_idx`;
}

/** The rejects are temporary tables of the session, made by its first load that sets rows aside. */
export function forgetLoadRejects(): readonly string[] {
  return ['drop table if exists reject_errors', 'drop table if exists reject_scans'];
}
