import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';

export interface PruneRequest {
  /** Whose store is pruned; all environments' publications are honoured. */
  readonly environment: Environment;
  /** The target's schema (that of the default environment). */
  readonly schema: string;
  /** How many of the last publications of every environment keep their versions. */
  readonly keep: number;
  /** How long versions stay after they were built or last published, in milliseconds. */
  readonly graceMs: number;
  /** Of the process that prunes; see RunIdentity. */
  readonly process: string;
  readonly dryRun: boolean;
}

export interface PruneOutcome {
  /** Dropped, or with `dryRun` to be dropped, in order. */
  readonly dropped: readonly Relation[];
  readonly kept: number;
  /** The engine refused to drop these: somebody's relation depends on them. */
  readonly refused: readonly { readonly relation: Relation; readonly reason: string }[];
}

/**
 * Drops the versions of a store that nothing shows or may soon show again. Throws a DiagnosticError, and drops nothing, when
 * an environment of the database cannot be read.
 */
export declare function prune(
  session: Session,
  dialect: Dialect,
  request: PruneRequest,
): Promise<PruneOutcome>;
