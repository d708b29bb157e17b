import { parseCsv } from './csv.ts';

/** A row of text cells by column, as files and warehouses are compared here; NULL is null. */
export type TextRow = Readonly<Record<string, string | null>>;

/** The rows of a CSV text with a header; cells that equal `nullText` are NULL. */
export function csvRows(csv: string, nullText: string): readonly TextRow[] {
  const [header = [], ...lines] = parseCsv(csv);
  return lines.map((cells) => {
    if (cells.length !== header.length) throw new Error(`a line has ${cells.length} cells: ${cells}`);
    return Object.fromEntries(
      header.map((name, index) => [name, cells[index] === nullText ? null : (cells[index] ?? null)]),
    );
  });
}

/** A cell that may be NULL; the column must be there. */
export function cell(row: TextRow, column: string): string | null {
  const value = row[column];
  if (value === undefined) throw new Error(`no column ${column}: ${JSON.stringify(row)}`);
  return value;
}

/** A cell that may not be NULL. */
export function required(row: TextRow, column: string): string {
  const value = cell(row, column);
  if (value === null) throw new Error(`${column} is NULL: ${JSON.stringify(row)}`);
  return value;
}
