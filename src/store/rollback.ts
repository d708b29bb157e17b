import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';

export interface RollbackOutcome {
  readonly from: number;
  /** The publication that is shown again. */
  readonly restored: number;
  /** The new publication. */
  readonly sequence: number;
  readonly changed: readonly string[];
}

/**
 * Shows an earlier publication's versions again, as a new publication: `to`, else the predecessor (after a rollback, that of
 * the restored one). Throws a DiagnosticError when there is none, or its versions have been pruned.
 */
export declare function rollback(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  request: { readonly runId: string; readonly gitCommit: string | null; readonly to?: number },
  warn: Report,
): Promise<RollbackOutcome>;
