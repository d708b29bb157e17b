import type { Scalar } from '../dialect/dialect.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';

/** Rows as RFC 4180 CSV with a header and line feeds; NULL is an empty cell, the empty string is `""`. */
export function rowsCsv(result: QueryResult): string {
  const header = result.columns.map(({ name }) => csvCell(name));
  const rows = result.rows.map((row) => result.columns.map(({ name }) => csvCell(row[name] ?? null)));
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function csvCell(value: Scalar): string {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
