import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Row, Session, Warehouse } from '../warehouse/warehouse.ts';
import { elapsed, readClock } from './clock.ts';
import { stateJson } from './state-json.ts';
import { insertMissing } from './state-lock.ts';
import {
  queryRows,
  readJson,
  readText,
  readTextOrNull,
  selectRows,
  tableOf,
  updateRows,
} from './state-query.ts';
import { RUN, stateRelation } from './state-table.ts';

/** Which run, in which process: `process` is a random text that the process chose when it began. */
export interface RunIdentity {
  readonly runId: string;
  readonly process: string;
}

/** Who asks whether a run is alive: from which process, when by the warehouse's clock, and what can be seen from there. */
export interface Onlooker {
  readonly process: string;
  readonly now: string;
  readonly dialect: Dialect;
  /** Ids of the runs that have a session; undefined where the engine does not show them. */
  readonly connected: ReadonlySet<string> | undefined;
}

/** `rejected`: everything was done, and tests failed; `failed`: something could not be done. */
export type RunStatus = 'running' | 'succeeded' | 'rejected' | 'failed' | 'cancelled';

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

/** The drop of an environment is recorded as a run of it, so that runs which begin meanwhile see it. */
export const DROP_COMMAND = 'env drop';

/** How often a run says that it is alive. */
const HEARTBEAT_MS = 5_000;
/** For so long a run that broke off can be gone on with. */
const INHERITANCE_MS = 12 * 3_600_000;
/** A run that has not been heard of for so long is dead; much sooner, where it is seen to have no session any more. */
const EXPIRY_MS = 12 * HEARTBEAT_MS;
const EXPIRY_UNCONNECTED_MS = 2 * HEARTBEAT_MS;

/**
 * Records that a run has begun; once, however often it is called. Do it before planning, so that prune keeps its hands off
 * what the plan will find.
 */
export async function startRun(
  session: Session,
  dialect: Dialect,
  store: string,
  run: RunIdentity & { readonly command: string; readonly gitCommit: string | null },
): Promise<void> {
  const now = await readClock(session, dialect);
  const row = {
    run_id: run.runId,
    command: run.command,
    status: 'running',
    process: run.process,
    git_commit: run.gitCommit,
    started_at: now,
    heartbeat_at: now,
    tokens: '{}',
  };
  const missing = async () => ((await readRun(session, store, run.runId)) === undefined ? [row] : []);
  await insertMissing(session, dialect, stateRelation(store, RUN), missing);
}

/** Records what a plan rests on: tokens and salts for a rerun, versions for prune. */
export async function recordPlan(
  session: Session,
  store: string,
  runId: string,
  plan: { readonly tokens: Readonly<Record<string, string>>; readonly pins: readonly Relation[] },
): Promise<void> {
  const values = { tokens: stateJson(plan.tokens), pins: stateJson(plan.pins) };
  await updateRows(session, stateRelation(store, RUN), values, { run_id: runId });
}

/** Says from time to time that a run is alive, on a session of its own; to be stopped before the run's end is recorded. */
export interface Heartbeat {
  stop(): Promise<void>;
}

/** Starts a run's heartbeat. Where one process holds the database nobody else can listen, and nothing is sent. */
export async function startHeartbeat(
  warehouse: Warehouse,
  store: string,
  runId: string,
  everyMs = HEARTBEAT_MS,
): Promise<Heartbeat> {
  if (!warehouse.dialect.supports.sharedDatabase) return { stop: async () => undefined };
  const session = await warehouse.open();
  session.label({ run: runId });
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(() => beat(session, warehouse.dialect, store, runId)).catch(() => undefined);
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
      await session.close();
    },
  };
}

/** Says that a run is alive. */
export async function beat(session: Session, dialect: Dialect, store: string, runId: string): Promise<void> {
  const heartbeat_at = await readClock(session, dialect);
  const where = { run_id: runId, status: 'running' };
  await updateRows(session, stateRelation(store, RUN), { heartbeat_at }, where);
}

/** Records the end of a run; its pins and claims are free from now on. */
export async function endRun(
  session: Session,
  dialect: Dialect,
  store: string,
  runId: string,
  status: Exclude<RunStatus, 'running'>,
): Promise<void> {
  const values = { status, ended_at: await readClock(session, dialect) };
  await updateRows(session, stateRelation(store, RUN), values, { run_id: runId });
}

/** The latest runs of a store, oldest first. */
export async function readLatestRuns(session: Session, store: string, limit: number): Promise<RunRecord[]> {
  const rows = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(store, RUN))
      .orderBy('started_at', 'desc')
      .orderBy('run_id', 'desc')
      .limit(limit)
      .select('*'),
  );
  return rows.map(toRunRecord).reverse();
}

/** The runs of a store that are alive (see isAlive). */
export async function readLiveRuns(session: Session, store: string, here: Onlooker): Promise<RunRecord[]> {
  const rows = await selectRows(session, stateRelation(store, RUN), { status: 'running' });
  return rows.map(toRunRecord).filter((run) => isAlive(run, here));
}

/** One run, if it is on record. */
export async function readRun(
  session: Session,
  store: string,
  runId: string,
): Promise<RunRecord | undefined> {
  const [row] = await selectRows(session, stateRelation(store, RUN), { run_id: runId });
  return row === undefined ? undefined : toRunRecord(row);
}

/**
 * Whether a run may still be at work: it has not ended and was heard of lately. Where one process holds the database, that
 * process's runs are alive until they end, and all others are dead.
 */
export function isAlive(run: RunRecord, here: Onlooker): boolean {
  if (run.status !== 'running') return false;
  if (!here.dialect.supports.sharedDatabase) return run.process === here.process;
  const isSeen = here.connected === undefined || here.connected.has(run.runId);
  return elapsed(run.heartbeatAt, here.now) < (isSeen ? EXPIRY_MS : EXPIRY_UNCONNECTED_MS);
}

/** Looks at the warehouse's clock and at who is connected. */
export async function lookAround(session: Session, dialect: Dialect, process: string): Promise<Onlooker> {
  const now = await readClock(session, dialect);
  const query = dialect.connectedRunsQuery();
  const rows = query === undefined ? undefined : (await session.query(query)).rows;
  const connected = rows && new Set(rows.map((row) => readText(row, 'run_id')));
  return { process, now, dialect, connected };
}

/**
 * For each node the token of the latest run that had one, if that run broke off: whoever runs again wants to go on with what
 * was built. A run that tests rejected is not gone on with, since its data may be corrected at their source, nor one that is
 * still at work, which may have read its sources long ago; nor is a token older than half a day, or a failure that lasts would
 * freeze what stands beside it. `runs` are ordered, oldest first.
 */
export function inheritedTokens(runs: readonly RunRecord[], here: Onlooker): Map<string, string> {
  const tokens = new Map<string, { readonly token: string; readonly since: string }>();
  for (const run of runs) {
    const { status, startedAt } = run;
    const brokeOff = status !== 'succeeded' && status !== 'rejected' && !isAlive(run, here);
    for (const [uniqueId, token] of Object.entries(run.tokens)) {
      const known = tokens.get(uniqueId);
      if (!brokeOff) tokens.delete(uniqueId);
      else if (known?.token !== token) tokens.set(uniqueId, { token, since: startedAt });
    }
  }
  const young = [...tokens].filter(([, { since }]) => elapsed(since, here.now) < INHERITANCE_MS);
  return new Map(young.map(([uniqueId, { token }]) => [uniqueId, token]));
}

function toRunRecord(row: Row): RunRecord {
  return {
    runId: readText(row, 'run_id'),
    process: readText(row, 'process'),
    command: readText(row, 'command'),
    status: readText(row, 'status') as RunStatus,
    gitCommit: readTextOrNull(row, 'git_commit'),
    startedAt: readText(row, 'started_at'),
    heartbeatAt: readText(row, 'heartbeat_at'),
    endedAt: readTextOrNull(row, 'ended_at'),
    tokens: readJson(row, 'tokens'),
    pins: row['pins'] === null ? null : readJson(row, 'pins'),
  };
}
