import { badFixtureText } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { RowMappings, RowText } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { cellOffset, readRecords } from '../seed/csv-records.ts';

/** Rows as texts under the columns that are written; what a row does not give is NULL. */
export interface WrittenRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** The place of a column of a row; of the column where it is first written without a row. */
  readonly spanAt: (column: number, row?: number) => Span;
}

/** Reads rows that are written as mappings or CSV. Undefined when a mistake was reported. */
export async function readWrittenRows(
  fixture: RowMappings | RowText<'csv'>,
  report: Report,
): Promise<WrittenRows | undefined> {
  return fixture.kind === 'dict' ? readMappings(fixture) : readCsv(fixture, report);
}

function readMappings({ rows, spanAt }: RowMappings): WrittenRows {
  const columns = new Map<string, { readonly name: string; readonly row: number }>();
  rows.forEach((row, index) => {
    for (const name of Object.keys(row))
      if (!columns.has(name.toLowerCase())) columns.set(name.toLowerCase(), { name, row: index });
  });
  const written = [...columns.values()];
  const spelt = (row: number, folded: string) =>
    Object.keys(rows[row] ?? {}).find((name) => name.toLowerCase() === folded);
  return {
    columns: written.map(({ name }) => name),
    rows: rows.map((row) => {
      const cells = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
      return [...columns.keys()].map((name) => cellText(cells.get(name) ?? null));
    }),
    spanAt: (column, row) => {
      const { name = '', row: first = 0 } = written[column] ?? {};
      return spanAt(row ?? first, spelt(row ?? first, name.toLowerCase()));
    },
  };
}

function cellText(value: YamlValue): string | null {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The first record names the columns; an empty cell is NULL. */
async function readCsv(
  { text, spanAt, span }: RowText<'csv'>,
  report: Report,
): Promise<WrittenRows | undefined> {
  const { records, broken } = await readRecords(text, ',');
  const [header, ...body] = records;
  const ragged = body.find(({ cells }) => cells.length !== header?.cells.length);
  if (broken !== undefined) report(badFixtureText({ problem: broken.problem, span: spanAt(broken.start) }));
  else if (header === undefined) report(badFixtureText({ problem: 'The CSV names no columns', span }));
  else if (ragged !== undefined) {
    const problem = `A row has ${ragged.cells.length} cells, and there are ${header.cells.length} columns`;
    report(badFixtureText({ problem, span: spanAt(ragged.start, ragged.start + ragged.raw.length) }));
  } else {
    return {
      columns: header.cells.map((cell) => cell.trim()),
      rows: body.map(({ cells }) => cells.map((cell) => (cell === '' ? null : cell))),
      spanAt: (column, row) => {
        const { raw, start, cells } = (row === undefined ? header : body[row]) ?? header;
        const from = start + cellOffset(raw, column, ',');
        return spanAt(from, from + Math.max(1, cells[column]?.length ?? 1));
      },
    };
  }
  return undefined;
}
