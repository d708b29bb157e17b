import type { BoundSql } from '../compile/bound-sql.ts';
import { statementDiagnostic } from '../compile/statement-diagnostic.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import { withoutComments } from '../data-test/sql-expression.ts';
import { countQuery, type TestStatement } from '../data-test/test-statement.ts';
import { badFailureCount } from '../diagnostic/catalogue/data-test.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { DataTestNode } from '../manifest/node.ts';
import { type QueryResult, type Session, WarehouseError } from '../warehouse/warehouse.ts';

/** The statement that counts a test's failures, over its bound SQL. */
export function failureCount({ config }: DataTestNode, sql: string, dialect: Dialect): TestStatement {
  const failCalc = config.failCalc && withoutComments(config.failCalc, dialect);
  return countQuery(sql, { limit: config.limit, failCalc });
}

/**
 * Counts a test's failures. Throws a `DiagnosticError` where its SQL is an error, or what it comes to is no whole number, and
 * the `WarehouseError` where the statement failed for another reason.
 */
export async function countFailures(
  compiled: CompiledTest,
  bound: BoundSql,
  { sql, prefixLength }: TestStatement,
  session: Session,
): Promise<number> {
  const result = await session.query(sql).catch((error: unknown) => {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    const diagnostic = statementDiagnostic(error, compiled, bound, prefixLength);
    const isOfCount = (error.position ?? prefixLength) < prefixLength;
    const span = isOfCount ? compiled.node.config.spans['fail_calc'] : undefined;
    throw new DiagnosticError([span ? { ...diagnostic, span } : diagnostic]);
  });
  return failuresIn(result, compiled.node);
}

/** The number that a count came to. An aggregate over no rows may be NULL, which is none. */
function failuresIn({ rows: [counted = {}] }: QueryResult, { name, span, config }: DataTestNode): number {
  const { failures = null, failing_rows: rows } = counted;
  const count = failures === null && Number(rows) === 0 ? 0 : Number(failures ?? Number.NaN);
  if (Number.isSafeInteger(count)) return count;
  const at = config.spans['fail_calc'] ?? span;
  const value = failures === null ? 'NULL' : String(failures);
  throw new DiagnosticError([badFailureCount({ test: name, value, span: at })]);
}
