import { setTimeout as wait } from 'node:timers/promises';
import {
  defaultEnvironmentKept,
  environmentAtWork,
  environmentBeingDropped,
  environmentInUse,
  unknownEnvironment,
  viewsOnEnvironment,
} from '../diagnostic/catalogue/store.ts';
import { schemaKept } from '../diagnostic/catalogue/store-kept.ts';
import { DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import { whilePassing } from '../warehouse/retry.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { type FoundRelation, readSchemas, relationId } from './catalog.ts';
import { readDependentViews } from './dependent-views.ts';
import { type Environment, environmentsAmong } from './environment.ts';
import { isState, type PublishedSchema, readContent } from './environment-content.ts';
import { currentPublication, hasState } from './environments.ts';
import { isLostRace } from './publish-steps.ts';
import {
  beat,
  DROP_COMMAND,
  endRun,
  isAlive,
  lookAround,
  type RunIdentity,
  type RunRecord,
  readLiveRuns,
  startRun,
} from './run-record.ts';
import type { StoreState } from './store-state.ts';

export interface DropRequest {
  /** The target's schema (that of the default environment). */
  readonly schema: string;
  readonly name: string;
  /** Drop the default environment too. */
  readonly force: boolean;
  /** Under which the drop is recorded, so that runs which begin meanwhile see it. */
  readonly run: RunIdentity;
  /** How long to wait for runs that are at work. */
  readonly waitMs: number;
  readonly warn: Report;
  readonly signal?: AbortSignal;
}

const POLL_MS = 500;
const POLLS_BETWEEN_BEATS = 4;

/**
 * Drops an environment: its published relations, the schemas that are empty then (a warning tells of others), and its store;
 * nothing that people made, and nothing at all where the engine knows that such a thing stands on it. Each relation goes in a transaction of its own, the
 * state last: a drop that was killed is gone on with by the next. Throws a DiagnosticError for an unknown one, for `default`
 * without force, and while another environment shows its versions or a run works with them.
 */
export async function dropEnvironment(
  session: Session,
  dialect: Dialect,
  request: DropRequest,
): Promise<void> {
  const { schema, name, force, run } = request;
  const all = environmentsAmong(schema, await readSchemas(session, dialect));
  const environment = all.find((candidate) => candidate.name === name);
  if (environment === undefined) {
    const candidates = all.map((candidate) => candidate.name);
    throw new DiagnosticError([unknownEnvironment({ name, candidates })]);
  }
  if (name === DEFAULT_ENVIRONMENT && !force) throw new DiagnosticError([defaultEnvironmentKept()]);
  await refuseUsers(session, dialect, environment, all);
  await refuseViews(session, dialect, environment);
  const isRecorded = await hasState(session, dialect, environment);
  const record = { ...run, command: DROP_COMMAND, gitCommit: null };
  session.label({ run: run.runId });
  const stillAlive = async () => {
    if (isRecorded) await beat(session, dialect, environment.store, run.runId);
  };
  if (isRecorded) await startRun(session, dialect, environment.store, record);
  try {
    await awaitRuns(() => runsAtWork(session, dialect, environment, all, run), stillAlive, request);
    await refuseUsers(session, dialect, environment, all);
    await dropAll(session, dialect, environment, { stillAlive, warn: request.warn });
  } catch (error) {
    if (isRecorded)
      await endRun(session, dialect, environment.store, run.runId, 'failed').catch(() => undefined);
    throw error;
  }
}

/** Refuses while another environment shows versions of this one's store. */
async function refuseUsers(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  all: readonly Environment[],
): Promise<void> {
  const users: string[] = [];
  for (const other of all.filter((candidate) => candidate !== environment)) {
    const publication = await currentPublication(session, dialect, other);
    const entries = [...(publication?.entries.values() ?? [])];
    if (entries.some(({ version }) => version.schema === environment.store)) users.push(other.name);
  }
  if (users.length > 0) throw new DiagnosticError([environmentInUse({ name: environment.name, users })]);
}

/** Refuses while views of people's own stand on the environment, where the engine knows of them. */
async function refuseViews(session: Session, dialect: Dialect, environment: Environment): Promise<void> {
  const { published, stored } = await readContent(session, dialect, environment);
  const ours = [...published, ...stored].map(({ relation }) => relation);
  const schemas = ours.map(({ schema }) => schema);
  const dependents = await readDependentViews(session, dialect, schemas);
  const known = new Set(ours.map((relation) => relationId(dialect, relation)));
  const views = ours.flatMap(dependents).filter((view) => !known.has(relationId(dialect, view)));
  if (views.length === 0) return;
  const names = [...new Set(views.map(dialect.relation))];
  throw new DiagnosticError([viewsOnEnvironment({ name: environment.name, views: names })]);
}

/**
 * Waits for the runs that use the environment's versions, as long as it may, and refuses then. Says meanwhile that it is alive,
 * which keeps runs from beginning, and looks once more after it has said so last: one may have begun before that.
 */
async function awaitRuns(
  atWork: () => Promise<readonly RunRecord[]>,
  stillAlive: () => Promise<void>,
  { name, waitMs, signal }: DropRequest,
): Promise<void> {
  for (let polls = 0; ; polls++) {
    let runs = await atWork();
    const isFree = runs.length === 0;
    if (isFree || polls % POLLS_BETWEEN_BEATS === 0) await stillAlive();
    if (isFree) runs = await atWork();
    if (runs.length === 0) return;
    if (polls * POLL_MS >= waitMs) {
      const named = runs.map(({ runId, command }) => `${command} (${runId})`);
      throw new DiagnosticError([environmentAtWork({ name, runs: named })]);
    }
    await wait(POLL_MS, undefined, { signal });
  }
}

/** The live runs of the environment, and those of others that read versions of its store or have not yet said what they read. */
async function runsAtWork(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  all: readonly Environment[],
  own: RunIdentity,
): Promise<readonly RunRecord[]> {
  const here = await lookAround(session, dialect, own.process);
  const found: RunRecord[] = [];
  for (const one of all) {
    if (!(await hasState(session, dialect, one))) continue;
    const live = await readLiveRuns(session, one.store, here);
    const reads = ({ pins }: RunRecord) => pins?.some(({ schema }) => schema === environment.store) ?? true;
    found.push(...live.filter((run) => run.command !== DROP_COMMAND && (one === environment || reads(run))));
  }
  return found;
}

/** Refuses to begin over an environment, or a base, that is being dropped; its run is on record before the state is read. */
export function refuseWhileDropped({ own, base, now }: StoreState, dialect: Dialect, process: string): void {
  const here = { process, now, dialect, connected: undefined };
  for (const { environment, runs } of base === undefined ? [own] : [own, base]) {
    if (runs.some((run) => run.command === DROP_COMMAND && isAlive(run, here)))
      throw new DiagnosticError([environmentBeingDropped({ name: environment.name })]);
  }
}

/** As long as the state is there, what is left of the environment can be found, and the drop gone on with. */
async function dropAll(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  { stillAlive, warn }: { readonly stillAlive: () => Promise<void>; readonly warn: Report },
): Promise<void> {
  const { published, stored, schemas } = await readContent(session, dialect, environment);
  const dropping = ({ kind, relation }: FoundRelation) =>
    kind === 'view' ? dialect.dropView(relation) : dialect.dropTable(relation);
  for (const found of [...published, ...stored.filter((one) => !isState(one))]) {
    await stillAlive();
    await dropTogether(session, dialect, [dropping(found)]);
  }
  for (const one of schemas) {
    await stillAlive();
    await dropSchema(session, dialect, one, warn);
  }
  const drops = [...stored.filter(isState).map(dropping), dialect.dropSchema(environment.store)];
  await dropTogether(session, dialect, drops);
}

/** Drops a published schema, unless people keep relations, functions, sequences or types of their own in it. */
async function dropSchema(
  session: Session,
  dialect: Dialect,
  { schema, theirs }: PublishedSchema,
  warn: Report,
): Promise<void> {
  if (theirs.length > 0) {
    warn(schemaKept({ schema, reason: `it holds ${theirs.map(dialect.relation).join(', ')}` }));
    return;
  }
  try {
    await dropTogether(session, dialect, [dialect.dropSchema(schema)]);
  } catch (error) {
    const isRefused = error instanceof WarehouseError && error.kind === 'statement';
    if (!isRefused || isLostRace(error, dialect)) throw error;
    warn(schemaKept({ schema, reason: error.message }));
  }
}

/** Gives way to readers, and tries again for some seconds. */
async function dropTogether(session: Session, dialect: Dialect, drops: readonly string[]): Promise<void> {
  let attempt = 0;
  const drop = () =>
    session.transaction(async () => {
      for (const setting of dialect.publishSettings(++attempt)) await session.execute(setting);
      for (const statement of drops) await session.execute(statement);
    });
  await whilePassing(drop, (error) => isLostRace(error, dialect));
}
