import { badFixtureText } from '../diagnostic/catalogue/unit-test.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { RowMappings, RowText } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { inferType } from '../seed/cell-type.ts';
import { cellOffset, readRecords } from '../seed/csv-records.ts';

/** Rows as texts under the columns that are written; what a row does not give is NULL. */
export interface WrittenRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Columns with values in quotes that would else be numbers or truth values. */
  readonly quoted: ReadonlySet<number>;
  /** The place of a column of a row; of the column where it is first written without a row. */
  readonly spanAt: (column: number, row?: number) => Span;
}

/** Reads rows that are written as mappings or CSV. Undefined when a mistake was reported. */
export async function readWrittenRows(
  fixture: RowMappings | RowText<'csv'>,
  report: Report,
): Promise<WrittenRows | undefined> {
  return fixture.kind === 'dict' ? readMappings(fixture, report) : readCsv(fixture, report);
}

function readMappings({ rows, spanAt }: RowMappings, report: Report): WrittenRows | undefined {
  const columns = new Map<string, { readonly name: string; readonly row: number }>();
  let sound = true;
  rows.forEach((row, index) => {
    const names = Object.keys(row);
    for (const name of names)
      if (!columns.has(name.toLowerCase())) columns.set(name.toLowerCase(), { name, row: index });
    const twice = names[repeatedAt(names)];
    if (twice === undefined) return;
    sound = false;
    report(columnTwice(twice, spanAt(index, twice)));
  });
  if (!sound) return undefined;
  const written = [...columns.values()];
  const spelt = (row: number, folded: string) =>
    Object.keys(rows[row] ?? {}).find((name) => name.toLowerCase() === folded);
  return {
    columns: written.map(({ name }) => name),
    rows: rows.map((row) => {
      const cells = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
      return [...columns.keys()].map((name) => cellText(cells.get(name) ?? null));
    }),
    quoted: quotedColumns(rows, [...columns.keys()]),
    spanAt: (column, row) => {
      const { name = '', row: first = 0 } = written[column] ?? {};
      return spanAt(row ?? first, spelt(row ?? first, name.toLowerCase()));
    },
  };
}

const PLAIN_KINDS: ReadonlySet<string> = new Set(['bigint', 'numeric', 'double', 'boolean']);

/** Without quotes YAML would not have made texts of these values. */
function quotedColumns(rows: RowMappings['rows'], folded: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [name, value] of rows.flatMap((row) => Object.entries(row)))
    if (typeof value === 'string' && PLAIN_KINDS.has(inferType([value]).kind))
      found.add(folded.indexOf(name.toLowerCase()));
  return found;
}

function cellText(value: YamlValue): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return withoutExponent(String(value));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `1e-7` is `0.0000001`, as decimals are written. */
function withoutExponent(number: string): string {
  const [, sign = '', whole = '', fraction = '', power] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(number) ?? [];
  if (power === undefined) return number;
  const exponent = Number(power);
  const digits = whole + fraction;
  return exponent < 0
    ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
    : `${sign}${digits.padEnd(exponent + 1, '0')}`;
}

/** The place of the first name that stands before it already, in whatever case; -1 without one. */
function repeatedAt(names: readonly string[]): number {
  const folded = names.map((name) => name.trim().toLowerCase());
  return folded.findIndex((name, index) => folded.indexOf(name) < index);
}

function columnTwice(name: string, span: Span): Diagnostic {
  return badFixtureText({ problem: `The column "${name}" is given twice`, span });
}

/** The first record names the columns; an empty cell is NULL. */
async function readCsv(
  { text, spanAt, span }: RowText<'csv'>,
  report: Report,
): Promise<WrittenRows | undefined> {
  const { records, broken } = await readRecords(text, ',');
  const [header, ...body] = records;
  const repeated = repeatedAt(header?.cells ?? []);
  const ragged = body.find(({ cells }) => cells.length !== header?.cells.length);
  if (broken !== undefined) report(badFixtureText({ problem: broken.problem, span: spanAt(broken.start) }));
  else if (header === undefined) report(badFixtureText({ problem: 'The CSV names no columns', span }));
  else if (repeated >= 0) {
    const name = header.cells[repeated] ?? '';
    const from = header.start + cellOffset(header.raw, repeated, ',');
    report(columnTwice(name.trim(), spanAt(from, from + name.length)));
  } else if (ragged !== undefined) {
    const problem = `A row has ${ragged.cells.length} cells, and there are ${header.cells.length} columns`;
    report(badFixtureText({ problem, span: spanAt(ragged.start, ragged.start + ragged.raw.length) }));
  } else {
    return {
      columns: header.cells.map((cell) => cell.trim()),
      rows: body.map(({ cells }) => cells.map((cell) => (cell === '' ? null : cell))),
      quoted: new Set(),
      spanAt: (column, row) => {
        const { raw, start, cells } = (row === undefined ? header : body[row]) ?? header;
        const from = start + cellOffset(raw, column, ',');
        return spanAt(from, from + Math.max(1, cells[column]?.length ?? 1));
      },
    };
  }
  return undefined;
}
