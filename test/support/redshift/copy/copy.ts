import {
  type Behaviour,
  doc,
  emulate,
  Refusal,
  type Statement,
  type Surroundings,
  syntaxError,
} from '../behaviour.ts';
import { begins, closing, literal, nameAt, qualified, quoted } from '../statement.ts';
import { CellError, readCell } from './cell.ts';
import { type CopiedColumn, columnsOf, lengthText } from './copied-column.ts';
import { type CopyOptions, type CopyStatement, readCopy } from './copy-statement.ts';
import { type CsvRecord, csvRecords, UnclosedQuote } from './csv-record.ts';
import { type CopiedFile, copiedFiles } from './fetch.ts';

/** Data is fetched and checked by the stand-in, and put into PostgreSQL within the client's transaction. */
export const copyFromS3: Behaviour = {
  name: 'COPY from S3: manifests, roles, CSV with its options, and what it refuses in tables of load errors',
  source: doc('r_COPY, r_Load_Error_Reference'),
  remembered: [
    'COPY answers COPY without a count',
    'load errors outlast ROLLBACK',
    'the line number of a load error is that of its record’s first line',
    'messages of COPY that the pages do not print',
  ],
  apply(statement) {
    if (!begins(statement, 'copy')) return undefined;
    if (statement.hasParameters) return { kind: 'refuse', error: syntaxError('$1') };
    if (!isFromS3(statement)) return { kind: 'refuse', error: NO_STDIN };
    return emulate((session) => copy(statement, session));
  },
};

const NO_STDIN = { code: '0A000', message: 'COPY from STDIN is not supported; use COPY from Amazon S3' };

function isFromS3(statement: Statement): boolean {
  const { next } = nameAt(statement, 1);
  const from = statement.words[next] === '(' ? closing(statement.words, next) + 1 : next;
  return statement.words[from] === 'from' && statement.words[from + 1] !== 'stdin';
}

interface LoadError {
  readonly file: string;
  readonly record: CsvRecord;
  readonly column: CopiedColumn | undefined;
  readonly position: number;
  readonly value: string;
  readonly error: CellError;
}

async function copy(statement: Statement, { backend, aside, s3 }: Surroundings): Promise<string> {
  const started = new Date();
  const stated = readCopy(statement);
  const relation = qualified(stated.into);
  const all = await columnsOf(backend, relation);
  const columns = (stated.columns ?? all.map(({ name }) => name)).map((name) => {
    const column = all.find((candidate) => candidate.name === name);
    if (column !== undefined) return column;
    throw new Refusal({
      code: '42703',
      message: `column "${name}" of relation "${stated.into.name}" does not exist`,
    });
  });
  const lines: string[] = [];
  const errors: LoadError[] = [];
  const most = Math.max(1, stated.options.maxError);
  for await (const file of copiedFiles(stated, s3)) {
    readFile(file, columns, stated.options, { lines, errors, most });
    if (errors.length >= most) break;
  }
  if (errors.length > 0) await aside(errorRows(errors, backend.processId, relation, started));
  if (errors.length >= most) throw loadFailed(stated);
  if (stated.options.flags.has('noload')) return 'COPY';
  if (lines.length > 0) {
    const names = columns.map(({ name }) => quoted(name)).join(', ');
    await backend.copyIn(
      `copy ${relation} (${names}) from stdin`,
      Buffer.from(`${lines.join('\n')}\n`, 'latin1'),
    );
  }
  await backend.query(
    `select set_config('stand_in.last_copy_count', ${literal(String(lines.length))}, false)`,
  );
  return 'COPY';
}

interface Reading {
  readonly lines: string[];
  readonly errors: LoadError[];
  readonly most: number;
}

function readFile(
  { url, content }: CopiedFile,
  columns: readonly CopiedColumn[],
  options: CopyOptions,
  reading: Reading,
): void {
  const { lines, errors, most } = reading;
  let skipped = 0;
  try {
    for (const record of csvRecords(content, options.delimiter, options.quote)) {
      if (skipped++ < options.ignoreHeader) continue;
      if (record.raw === '' && options.flags.has('ignoreblanklines')) continue;
      const read = readRecord(record, columns, options);
      if (typeof read === 'string') lines.push(read);
      else errors.push({ ...read, file: url, record });
      if (errors.length >= most) return;
    }
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error;
    const record = { fields: [], line: 1, raw: '' };
    const told = new CellError(1216, 'Invalid quote formatting for CSV. Unterminated quote');
    errors.push({ file: url, record, column: undefined, position: 0, value: '', error: told });
  }
}

type RecordError = Pick<LoadError, 'column' | 'position' | 'value' | 'error'>;

/** A line of PostgreSQL's COPY, or what is wrong with the record. */
function readRecord(
  { fields, raw }: CsvRecord,
  columns: readonly CopiedColumn[],
  options: CopyOptions,
): string | RecordError {
  const whole = { column: columns.at(-1), position: raw.length, value: '' };
  if (fields.length > columns.length)
    return { ...whole, error: new CellError(1202, 'Extra column(s) found') };
  if (fields.length < columns.length && !options.flags.has('fillrecord'))
    return { ...whole, column: columns[fields.length], error: new CellError(1214, 'Delimiter not found') };
  const cells: string[] = [];
  for (const [index, column] of columns.entries()) {
    const field = fields[index] ?? { bytes: '', isQuoted: false, position: raw.length };
    try {
      const value = readCell(field, column, options);
      cells.push(value === null ? '\\N' : escaped(value));
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      return { column, position: field.position, value: field.bytes, error };
    }
  }
  return cells.join('\t');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(value: string): string {
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) : value;
}

/** The rows are not the transaction's: they are there after it is rolled back. */
function errorRows(errors: readonly LoadError[], session: number, relation: string, started: Date): string {
  const text = (bytes: string, most: number) =>
    literal(Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\0', '').slice(0, most));
  const rows = errors.map(({ file, record, column, position, value, error }) =>
    [
      ...[session, `to_regclass(${literal(relation)})`, literal(started.toISOString().slice(0, -1))],
      ...[literal(file.slice(0, 256)), record.line, literal(column?.name ?? ''), literal(column?.type ?? '')],
      ...[literal(column === undefined ? '' : lengthText(column)), position],
      ...[text(record.raw, 1024), text(value, 1024), error.code, text(error.message, 512)],
    ].join(', '),
  );
  return `insert into stand_in.load_errors values (${rows.join('), (')})`;
}

function loadFailed({ into }: CopyStatement): Refusal {
  const message = `Load into table '${into.name}' failed.  Check 'stl_load_errors' system table for details.`;
  return new Refusal({ code: 'XX000', message });
}
