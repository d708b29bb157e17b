import type { CsvLoad } from '../dialect.ts';
import { literal, quote, relationName } from './duckdb-text.ts';
import { duckdbType } from './duckdb-type.ts';

/**
 * Inserts the rows of CSV files as RFC 4180 has them: nothing is sniffed, every type is the declared one, and no value comes
 * from the name of a folder.
 */
export function loadCsv({ from, ...load }: CsvLoad): string {
  if (from.kind !== 'files') throw new Error('DuckDB reads files; callers ask `supports.csv` first.');
  const columns = load.columns.map((column) => quote(column.name)).join(', ');
  const types = load.columns.map(({ name, type }) => `${literal(name)}: ${literal(duckdbType(type))}`);
  return `insert into ${relationName(load.into)} (${columns})
select ${columns}
from read_csv(
  [${from.files.map(literal).join(', ')}],
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
  compression = ${from.gzip ? `'gzip'` : `'none'`}
)`;
}
