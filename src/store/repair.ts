import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';

export interface RepairOutcome {
  /** Versions that the catalog holds and the state had lost. */
  readonly recovered: number;
  /** Versions that the state held and the catalog has lost. */
  readonly lost: number;
  /** Published relations that were found and recorded; 0 when the publication was intact. */
  readonly republished: number;
}

/** Rebuilds an environment's state from the comments of its versions and the texts of its views. */
export declare function repair(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  runId: string,
): Promise<RepairOutcome>;
