import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** Which run, in which process: `process` is a random text that the process chose when it began. */
export interface RunIdentity {
  readonly runId: string;
  readonly process: string;
}

export type RunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A run as `_run` records it. */
export interface RunRecord extends RunIdentity {
  readonly command: string;
  readonly status: RunStatus;
  readonly gitCommit: string | null;
  readonly startedAt: string;
  readonly heartbeatAt: string;
  readonly endedAt: string | null;
  /** Salts of non-deterministic nodes and tokens of foreign sources, by unique id: a rerun after a failure inherits them. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Versions that prune must leave alone; null while the run is not planned yet, which pins all. */
  readonly pins: readonly Relation[] | null;
}

/** Records that a run has begun. Do it before planning, so that prune keeps its hands off what the plan will find. */
export declare function startRun(
  session: Session,
  dialect: Dialect,
  store: string,
  run: RunIdentity & { readonly command: string; readonly gitCommit: string | null },
): Promise<void>;

/** Records what a plan rests on: tokens and salts for a rerun, versions for prune. */
export declare function recordPlan(
  session: Session,
  dialect: Dialect,
  store: string,
  runId: string,
  plan: Pick<RunRecord, 'tokens'> & { readonly pins: readonly Relation[] },
): Promise<void>;

/** Says that a run is alive; call it every HEARTBEAT_MS on a session of its own. */
export declare function beat(session: Session, dialect: Dialect, store: string, runId: string): Promise<void>;

/** Records the end of a run; its pins and claims are free from now on. */
export declare function endRun(
  session: Session,
  dialect: Dialect,
  store: string,
  runId: string,
  status: Exclude<RunStatus, 'running'>,
): Promise<void>;
