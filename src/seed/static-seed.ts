import * as catalogue from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, type Report, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { didYouMean } from '../diagnostic/suggestion.ts';
import { type Column, type ColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { SeedNode } from '../manifest/node.ts';
import { cellProblem, inferType } from './cell-type.ts';
import { type CsvRecord, cellOffset, readRecords } from './csv-records.ts';

/** More mistakes of one file than this are not worth a list. */
const MOST_PROBLEMS = 100;

/** A static seed that has been read: every row has a cell for each column, NULL for an empty one, texts that fit the column's type. */
export interface StaticSeed {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads static seeds by unique id; throws a DiagnosticError with all that is wrong with any of them. */
export async function readSeeds(
  nodes: readonly SeedNode[],
  warn: Report,
): Promise<ReadonlyMap<string, StaticSeed>> {
  const found: Diagnostic[] = [];
  const seeds = new Map<string, StaticSeed>();
  for (const node of nodes) {
    const seed = await readStaticSeed(node, (diagnostic) => found.push(diagnostic));
    if (seed !== undefined) seeds.set(node.uniqueId, seed);
  }
  stopOnErrors(found);
  for (const warning of found) warn(warning);
  return seeds;
}

/** Reads a static seed: types are declared or inferred, an empty cell is NULL. Undefined after mistakes, which are reported. */
export async function readStaticSeed(node: SeedNode, report: Report): Promise<StaticSeed | undefined> {
  const { source } = node;
  const { delimiter } = node.config;
  let problems = 0;
  const refuse = (diagnostic: Diagnostic) => {
    if (problems++ < MOST_PROBLEMS) report(diagnostic);
  };
  const { records, broken } = await readRecords(source.text, delimiter);
  if (broken !== undefined) {
    refuse(catalogue.badQuote({ span: spanAt(source, broken.start), problem: broken.problem }));
  }
  const [header, ...body] = records;
  if (header === undefined) {
    if (broken === undefined) refuse(catalogue.emptySeed({ source }));
    return undefined;
  }
  const names = readHeader(source, header, delimiter, refuse);
  const declared = declaredTypes(node, names, refuse);
  const rows = readRows(source, body, names, delimiter, refuse);
  if (problems > 0) return undefined;
  const columns = names.map((name, index) => ({
    name,
    type: declared.get(name) ?? inferColumn(rows, index),
  }));
  checkCells(source, body, columns, delimiter, refuse);
  return problems > 0 ? undefined : { columns, rows };
}

function readHeader(
  source: SourceText,
  header: CsvRecord,
  delimiter: string,
  refuse: Report,
): readonly string[] {
  const seen = new Set<string>();
  const names = header.cells.map((cell) => cell.trim());
  names.forEach((name, index) => {
    const span = cellSpan(source, header, index, delimiter);
    if (name === '') refuse(catalogue.badSeedHeader({ span, problem: 'has a column without a name' }));
    else if (seen.has(name.toLowerCase())) {
      refuse(catalogue.badSeedHeader({ span, problem: `names the column "${name}" twice` }));
    }
    seen.add(name.toLowerCase());
  });
  return names;
}

/** Types by column name: `column_types` of the config over `data_type` of the properties. */
function declaredTypes(
  node: SeedNode,
  names: readonly string[],
  refuse: Report,
): ReadonlyMap<string, ColumnType> {
  const properties = node.columns.flatMap(({ name, dataType }) =>
    dataType === undefined ? [] : [[name, dataType] as const],
  );
  const types = new Map<string, ColumnType>();
  for (const [column, text] of [...properties, ...Object.entries(node.config.columnTypes)]) {
    const type = parseColumnType(text);
    if (!names.includes(column)) {
      const hint = didYouMean(column, names);
      const problem = `the seed has no such column`;
      refuse(catalogue.badColumnType({ span: node.span, column, problem, hint }));
    } else if (type === undefined) {
      const hint =
        'Portable types are varchar, integer, bigint, numeric(18,2), double, boolean, date, timestamp.';
      refuse(
        catalogue.badColumnType({ span: node.span, column, problem: `"${text}" is no portable type`, hint }),
      );
    } else types.set(column, type);
  }
  return types;
}

function readRows(
  source: SourceText,
  body: readonly CsvRecord[],
  names: readonly string[],
  delimiter: string,
  refuse: Report,
): StaticSeed['rows'] {
  return body.map((record) => {
    if (record.cells.length !== names.length) {
      const span = cellSpan(source, record, Math.min(names.length, record.cells.length), delimiter);
      refuse(catalogue.raggedRow({ span, cells: record.cells.length, columns: names.length }));
    }
    return record.cells.map((cell) => (cell === '' ? null : cell));
  });
}

function inferColumn(rows: StaticSeed['rows'], index: number): ColumnType {
  return inferType(rows.flatMap((row) => row[index] ?? []));
}

function checkCells(
  source: SourceText,
  body: readonly CsvRecord[],
  columns: readonly Column[],
  delimiter: string,
  refuse: Report,
): void {
  for (const record of body) {
    columns.forEach(({ name, type }, index) => {
      const value = record.cells[index] ?? '';
      const reason = value === '' ? undefined : cellProblem(value, type);
      if (reason === undefined) return;
      const span = cellSpan(source, record, index, delimiter);
      refuse(catalogue.badCell({ span, column: name, value, reason }));
    });
  }
}

function cellSpan(source: SourceText, record: CsvRecord, index: number, delimiter: string): Span {
  const start = record.start + cellOffset(record.raw, index, delimiter);
  const next = record.start + cellOffset(record.raw, index + 1, delimiter);
  return spanAt(source, start, Math.max(start + 1, index + 1 < record.cells.length ? next - 1 : next));
}
