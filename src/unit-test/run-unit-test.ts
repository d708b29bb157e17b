import { statementDiagnostic } from '../compile/statement-diagnostic.ts';
import { type Diagnostic, DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { type QueryResult, type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { checkColumns, checkRows } from './check-rows.ts';
import { type Difference, differenceOf } from './difference.ts';
import type { InferredColumn } from './inferred-column.ts';
import type { PreparedUnitTest } from './prepare-unit-tests.ts';
import { describeSqlRows } from './sql-rows.ts';
import { typedRows } from './typed-rows.ts';
import { typedSqlRows } from './typed-sql-rows.ts';

/**
 * Runs a unit test on a session of the embedded engine, and gives the difference between expected and made rows; undefined
 * where there is none. Throws a `DiagnosticError` when the model's SQL fails, or expected rows do not fit what it makes.
 */
export async function runUnitTest(
  test: PreparedUnitTest,
  session: Session,
  dialect: Dialect,
): Promise<Difference | undefined> {
  const made = await makeRows(test, session);
  const expected = await typedExpectation(test, made.columns, session, dialect);
  if (expected === undefined)
    return differenceOf(
      made.columns.map(({ name }) => name),
      [],
      made.rows,
    );
  return differenceOf(
    expected.columns.map(({ name }) => name),
    expected.rows,
    made.rows,
  );
}

async function makeRows(test: PreparedUnitTest, session: Session): Promise<QueryResult> {
  const { sql, bound, prefixLength } = test.statement;
  try {
    return await session.query(sql);
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    const failure = statementDiagnostic(error, test.query, bound, prefixLength);
    throw new DiagnosticError([{ ...failure, related: [...(failure.related ?? []), ...test.unknownInputs] }]);
  }
}

/** The expected rows under the names and with the types of the columns that were made; undefined where no column is named. */
async function typedExpectation(
  { expected, query }: PreparedUnitTest,
  made: readonly InferredColumn[],
  session: Session,
  dialect: Dialect,
): Promise<QueryResult | undefined> {
  const columnsNamed = (names: readonly string[]) => {
    const known = new Map(made.map((column) => [dialect.fold(column.name), column]));
    return names.flatMap((name) => known.get(dialect.fold(name)) ?? []);
  };
  const engine = { session, dialect };
  const relation = `"${query.node.name}"`;
  if (expected.kind === 'written') {
    const { rows } = expected;
    await orThrow(async (report) => (await checkRows(rows, made, relation, engine, report)) || undefined);
    if (rows.columns.length === 0) return undefined;
    return session.query(typedRows(columnsNamed(rows.columns), rows, dialect));
  }
  const { fixture } = expected;
  const typed = await orThrow(async (report) => {
    const rows = await describeSqlRows(fixture, session, report);
    if (rows === undefined) return undefined;
    const about = { relation, span: fixture.span };
    return checkColumns(rows.columns, made, about, dialect, report)
      ? typedSqlRows(rows, columnsNamed(rows.columns.map(({ name }) => name)), engine, report)
      : undefined;
  });
  return session.query(typed);
}

async function orThrow<T>(work: (report: Report) => T | undefined | Promise<T | undefined>): Promise<T> {
  const found: Diagnostic[] = [];
  const result = await work((diagnostic) => found.push(diagnostic));
  if (result === undefined) throw new DiagnosticError(found);
  return result;
}
