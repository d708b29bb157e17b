import type { CsvLoad } from '../dialect.ts';
import { literal, quote, relationName } from './postgres-text.ts';

/** Takes the CSV that follows as RFC 4180 has it; only text that is not quoted can be NULL. */
export function loadCsv({ into, columns, nullMarker, from }: CsvLoad): string {
  if (from.kind !== 'stream')
    throw new Error('PostgreSQL is sent its CSV; callers ask `supports.csv` first.');
  return `copy ${relationName(into)} (${columns.map((column) => quote(column.name)).join(', ')})
from stdin with (
  format csv,
  header true,
  delimiter ',',
  quote '"',
  escape '"',
  null ${literal(nullMarker)},
  encoding 'UTF8'
)`;
}
