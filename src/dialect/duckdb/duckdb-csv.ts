import type { CsvLoad } from '../dialect.ts';
import { literal, quote, relationName } from './duckdb-text.ts';
import { duckdbType } from './duckdb-type.ts';

/**
 * Inserts the rows of CSV files as RFC 4180 has them, or counts the values of every column, for which it reads them all: nothing is sniffed, every type is the declared one, and no value comes
 * from the name of a folder.
 */
export function loadCsv({ from, ...load }: CsvLoad): string {
  if (from.kind !== 'files') throw new Error('DuckDB reads files; callers ask `supports.csv` first.');
  const names = load.columns.map((column) => quote(column.name));
  const columns = names.join(', ');
  const types = load.columns.map(({ name, type }) => `${literal(name)}: ${literal(duckdbType(type))}`);
  const taken = load.parseOnly
    ? `select\n${names.map((name) => `  count(${name})`).join(',\n')}`
    : `insert into ${relationName(load.into)} (${columns})\nselect ${columns}`;
  return `${taken}
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
