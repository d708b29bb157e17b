import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import * as catalogue from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { Dialect, LoadScope } from '../dialect/dialect.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { cellProblem } from './cell-type.ts';
import { NULL_MARKER } from './csv-cell.ts';
import { type CsvRecord, cellOffset, readRecords } from './csv-records.ts';
import type { Accepted, CleanedBatch } from './group-csv.ts';
import { type GroupLoad, partName, partsOf } from './group-load.ts';
import { LostClaim } from './load-group.ts';
import type { BatchLoad } from './load-plan.ts';
import { partContent } from './part-content.ts';
import { type RefusedCell, readRefusedCells } from './refused-cell.ts';
import type { RejectedRow } from './rejected-row.ts';

/** Bad rows beyond this are counted, not shown. */
const MOST_SHOWN = 100;

/** A load of a group that failed. */
export interface FailedGroup {
  readonly error: unknown;
  /** Where the engine has written down what it refused. */
  readonly scope: LoadScope | undefined;
  /** So many bad rows may be set aside. */
  readonly allowed: number;
}

/**
 * Finds out why the engine refused a group: by its own word and, where rows may be to blame, by reading the parts again. With
 * no more bad rows than allowed `again` does the work once more without the bad ones; else throws a DiagnosticError that shows
 * them, or `LostClaim` where another load came first.
 */
export async function diagnoseLoad(
  session: Session,
  work: GroupLoad,
  { error, scope, allowed }: FailedGroup,
  again: (cleaned: ReadonlyMap<string, CleanedBatch>, bad: readonly RejectedRow[]) => Promise<Accepted>,
): Promise<Accepted> {
  if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
  const table = work.relation.name;
  if (work.state === 'missing' && (await isThereNow(session, work))) throw new LostClaim(table);
  const refused = await readRefusedCells(session, work.dialect, scope);
  if (isOfNoRow(error, work.dialect, refused)) throw new DiagnosticError(unplaced(table, error, refused));
  const scratch = await mkdtemp(join(tmpdir(), 'modelwright-load-'));
  try {
    const cleaned = new Map<string, CleanedBatch>();
    const bad: RejectedRow[] = [];
    for (const load of work.group) {
      const found = await cleanBatch(work, load, refused, scratch);
      if (found.bad.length === 0) continue;
      cleaned.set(load.batch.path, { files: found.files, rows: found.rows });
      bad.push(...found.bad);
    }
    if (bad.length === 0) throw new DiagnosticError(unplaced(table, error, refused));
    if (bad.length > allowed) throw new DiagnosticError(showBadRows(table, bad, allowed));
    return await again(cleaned, bad);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Whether a load failed for what no row of it can help: a time limit; or rights and the like, where the engine says so. */
function isOfNoRow(
  { limit, message }: WarehouseError,
  { loadErrors }: Dialect,
  refused: readonly RefusedCell[],
): boolean {
  if (limit !== undefined) return true;
  return loadErrors !== undefined && refused.length === 0 && !loadErrors.isMeantBy(message);
}

/** Whether another load, of other partitions perhaps, has made the table since it was found missing. */
async function isThereNow(session: Session, { dialect, relation }: GroupLoad): Promise<boolean> {
  const { rows } = await session.query(dialect.catalogQuery([relation.schema]));
  return rows.some((row) => dialect.fold(String(row['table_name'])) === dialect.fold(relation.name));
}

/** What the engine says, where no row of the parts can be told to be bad. */
function unplaced(
  table: string,
  error: WarehouseError,
  refused: readonly RefusedCell[],
): readonly Diagnostic[] {
  const { message: reason, hint } = error;
  if (refused.length === 0) return [catalogue.loadFailed({ table, reason, hint })];
  return refused.map(({ file, line, column, value, reason }) =>
    catalogue.badLandedRow({
      ...{ file, column, value, line: '', position: { line, column: 1 } },
      reason: `was refused: ${reason}`,
    }),
  );
}

interface CleanBatch extends CleanedBatch {
  readonly bad: readonly RejectedRow[];
}

/** Reads a batch's parts again, cell by cell; where it has bad rows, the good ones are written to scratch files. */
async function cleanBatch(
  work: GroupLoad,
  load: BatchLoad,
  refused: readonly RefusedCell[],
  scratch: string,
): Promise<CleanBatch> {
  const files: string[] = [];
  const bad: RejectedRow[] = [];
  let rows = 0;
  for (const [index, part] of partsOf(work, load).entries()) {
    const file = partName(work, part.path);
    const text = await textOf(partContent(work, part));
    const { records, broken } = await readRecords(text, ',');
    const [header, ...body] = records;
    const refusedAt = refusedByRecord(
      text,
      records,
      refused.filter((cell) => cell.file === file),
    );
    const good = header === undefined ? [] : [header.raw];
    for (const record of body) {
      const problem = rowProblem(work, record) ?? refusal(work, record, refusedAt.get(record));
      if (problem === undefined) good.push(record.raw);
      else
        bad.push(
          reject(load.partition, file, text, record.start + problem.offset, {
            ...problem,
            record: record.raw,
          }),
        );
    }
    if (broken !== undefined) {
      const problem = { column: undefined, value: undefined, reason: broken.problem, record: '' };
      bad.push(reject(load.partition, file, text, broken.start, problem));
    }
    const scratchFile = join(scratch, `${load.partition.replace(/[^\w-]/g, '_')}-${index}.csv`);
    await writeFile(scratchFile, `${good.join('\n')}\n`);
    files.push(scratchFile);
    rows += good.length - 1;
  }
  return { files, rows, bad };
}

interface RowProblem {
  readonly offset: number;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
}

function rowProblem({ columns }: GroupLoad, { cells, raw }: CsvRecord): RowProblem | undefined {
  if (cells.length !== columns.length) {
    const reason = `has ${cells.length} cells instead of ${columns.length}`;
    return {
      offset: cellOffset(raw, Math.min(cells.length, columns.length), ','),
      column: undefined,
      value: undefined,
      reason,
    };
  }
  for (const [index, { name, type }] of columns.entries()) {
    const value = cells[index] ?? '';
    const reason = value === NULL_MARKER ? undefined : cellProblem(value, type);
    if (reason !== undefined) return { offset: cellOffset(raw, index, ','), column: name, value, reason };
  }
  return undefined;
}

/** What the engine refused, by the record that its line is in. */
function refusedByRecord(
  text: string,
  records: readonly CsvRecord[],
  cells: readonly RefusedCell[],
): ReadonlyMap<CsvRecord, RefusedCell> {
  const found = new Map<CsvRecord, RefusedCell>();
  if (cells.length === 0) return found;
  const byLine = new Map(cells.map((cell) => [cell.line, cell]));
  let line = 1;
  let at = 0;
  for (const record of records) {
    line += lineFeeds(text, at, record.start);
    at = record.start;
    const last = line + lineFeeds(text, at, at + record.raw.length);
    for (let own = line; own <= last; own++) {
      const cell = byLine.get(own);
      if (cell !== undefined) found.set(record, cell);
    }
  }
  return found;
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A refused cell as a problem of its row; the engine's column counts only where the row has it. */
function refusal(
  { columns }: GroupLoad,
  { cells, raw }: CsvRecord,
  cell: RefusedCell | undefined,
): RowProblem | undefined {
  if (cell === undefined) return undefined;
  const index = columns.findIndex(({ name }) => name === cell.column);
  return {
    offset: cellOffset(raw, Math.max(0, index), ','),
    column: cell.column,
    value: cells[index] ?? cell.value,
    reason: `was refused: ${cell.reason}`,
  };
}

function reject(
  partition: string,
  file: string,
  text: string,
  offset: number,
  problem: Omit<RowProblem, 'offset'> & { readonly record: string },
): RejectedRow {
  const { record, ...rest } = problem;
  return { partition, file, position: spanAt({ path: file, text }, offset).start, record, ...rest };
}

function showBadRows(table: string, bad: readonly RejectedRow[], allowed: number): readonly Diagnostic[] {
  const shown = bad.slice(0, MOST_SHOWN).map((row) => catalogue.badLandedRow({ ...row, line: row.record }));
  const more =
    bad.length > MOST_SHOWN ? [catalogue.moreBadRows({ table, shown: MOST_SHOWN, bad: bad.length })] : [];
  return [
    ...shown,
    ...more,
    catalogue.tooManyBadRows({ table, bad: bad.length, allowed: Math.max(0, allowed) }),
  ];
}
