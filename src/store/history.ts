import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';
import type { PublicationChange } from './publication.ts';

/** One publication of an environment's history. */
export interface HistoryRow {
  readonly sequence: number;
  readonly publishedAt: string;
  readonly runId: string;
  readonly gitCommit: string | null;
  readonly restores: number | null;
  /** It is what is published now. */
  readonly current: boolean;
  readonly changes: readonly {
    readonly uniqueId: string;
    readonly relation: string;
    readonly change: PublicationChange;
  }[];
}

/** The publications of an environment, latest first. */
export declare function readHistory(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  limit: number,
): Promise<HistoryRow[]>;
