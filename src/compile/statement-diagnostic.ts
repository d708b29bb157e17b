import { statementFailed } from '../diagnostic/catalogue/compile.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { BoundSql } from './bound-sql.ts';
import type { CompiledNode } from './compiled-node.ts';
import { describeNode } from './describe-node.ts';
import { sqlPlace } from './sql-place.ts';

/** What an engine says of a statement that it refused; `position` counts UTF-16 units of the statement, from 0. */
export interface StatementError {
  readonly message: string;
  readonly position: number | undefined;
  readonly hint: string | undefined;
}

/**
 * An engine's error as a diagnostic at the template's line, with the macro calls it came through.
 * `prefixLength` is the length of what stood before the node's own SQL in the statement that was sent.
 */
export function statementDiagnostic(
  error: StatementError,
  compiled: CompiledNode,
  bound: BoundSql,
  prefixLength: number,
): Diagnostic {
  const offset = error.position === undefined ? -1 : error.position - prefixLength;
  const origin = offset < 0 || offset >= bound.sql.length ? undefined : bound.originAt(offset);
  return statementFailed({
    what: describeNode(compiled.node),
    reason: error.message,
    hint: error.hint,
    place: sqlPlace(origin, compiled.node.span),
  });
}
