import { statementOfFixture, unknownInputColumns } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { GivenInput, RowText } from '../manifest/node.ts';
import { inferType } from '../seed/cell-type.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { checkColumns, checkRows } from './check-rows.ts';
import type { InferredColumn, InferredColumns } from './infer-columns.ts';
import { typedQuery, typedRows } from './typed-rows.ts';
import { readWrittenRows, type WrittenRows } from './written-rows.ts';

/** What typing rows takes beside them. */
export interface RowTyping {
  readonly inferred: InferredColumns;
  readonly session: Session;
  readonly dialect: Dialect;
}

/** The rows of an input as a query with all columns of the relation, typed. Undefined when a mistake was reported. */
export async function givenRows(
  given: GivenInput,
  { inferred, session, dialect }: RowTyping,
  report: Report,
): Promise<string | undefined> {
  const { uniqueId, input, rows, span } = given;
  const columns = inferred.columns.get(uniqueId);
  if (rows.kind === 'sql') {
    const query = withoutSemicolon(rows.text);
    const found = await columnsOfSql(query, rows, session, report);
    if (found === undefined) return undefined;
    const has = columns ?? found;
    if (!checkColumns(found, has, { relation: input, span: rows.span }, dialect, report)) return undefined;
    const typed = typedQuery(has, query, found, dialect);
    return (await canRun(typed, rows, session, report)) ? typed : undefined;
  }
  const written = await readWrittenRows(rows, report);
  if (written === undefined) return undefined;
  if (columns === undefined && written.columns.length === 0) {
    report(unknownInputColumns({ input, because: inferred.unknown.get(uniqueId), span }));
    return undefined;
  }
  if (columns === undefined) return typedRows(columnsOfRows(written, dialect), written, dialect);
  return checkRows(written, columns, input, dialect, report)
    ? typedRows(columns, written, dialect)
    : undefined;
}

/** Where nobody knows the columns of a relation, it has those that are written, of the types that fit the values. */
export function columnsOfRows(written: WrittenRows, dialect: Dialect): readonly InferredColumn[] {
  return written.columns.map((name, index) => {
    const texts = written.rows.flatMap((row) => row[index] ?? []);
    return { name, type: dialect.type(inferType(texts)) };
  });
}

/** The columns of a query that a fixture is; what the engine says against it is reported at the fixture. */
export async function columnsOfSql(
  query: string,
  { spanAt, span }: RowText<'sql'>,
  session: Session,
  report: Report,
): Promise<readonly InferredColumn[] | undefined> {
  const [before, behind] = ['select * from (\n', '\n) as fixture\nlimit 0'];
  try {
    const { columns } = await session.query(`${before}${query}${behind}`);
    return columns;
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    const place = error.position === undefined ? span : spanAt(error.position - before.length);
    report(statementOfFixture({ reason: error.message, span: place }));
    return undefined;
  }
}

/** Whether the engine makes the rows of a fixture, with their types; what it says against it is reported at the fixture. */
async function canRun(
  typed: string,
  { span }: RowText<'sql'>,
  session: Session,
  report: Report,
): Promise<boolean> {
  try {
    await session.query(typed);
    return true;
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    report(statementOfFixture({ reason: error.message, span }));
    return false;
  }
}

/** SQL as it can stand between parentheses. */
export function withoutSemicolon(text: string): string {
  return text.replace(/[\s;]+$/, '');
}
