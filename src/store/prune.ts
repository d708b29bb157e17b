import { randomUUID } from 'node:crypto';
import { environmentUnreadable } from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations, readSchemas } from './catalog.ts';
import { elapsed, readClock } from './clock.ts';
import { type Environment, environmentsAmong } from './environment.ts';
import { readMarker } from './marker.ts';
import { type PruneState, planPrune } from './prune-plan.ts';
import { readPublicationsFrom, readPublicationTimes } from './publication.ts';
import { currentSequence } from './publish.ts';
import { lookAround, readLiveRuns } from './run-record.ts';
import { lockingTransaction } from './state-lock.ts';
import { updateRows } from './state-query.ts';
import { ENVIRONMENT, stateRelation, VERSION } from './state-table.ts';
import { schemaVersion } from './state-tables.ts';
import { readVersions } from './version.ts';

export interface PruneRequest {
  /** Whose store is pruned; all environments' publications are honoured. */
  readonly environment: Environment;
  /** The target's schema (that of the default environment). */
  readonly schema: string;
  /** How many of the last publications of every environment keep their versions. */
  readonly keep: number;
  /** How long versions stay after they were built or last shown, in milliseconds. */
  readonly graceMs: number;
  /** Of the process that prunes; see RunIdentity. */
  readonly process: string;
  readonly dryRun: boolean;
}

export interface PruneOutcome {
  /** Dropped, or with `dryRun` to be dropped, in order. */
  readonly dropped: readonly Relation[];
  readonly kept: number;
  /** These stayed after all: somebody's relation depends on them, or the environment was published meanwhile. */
  readonly refused: readonly { readonly relation: Relation; readonly reason: string }[];
}

/**
 * Drops the versions of a store that nothing shows or may soon show again, each in a transaction of its own. Throws a
 * DiagnosticError, and drops nothing, when an environment of the database cannot be read.
 */
export async function prune(
  session: Session,
  dialect: Dialect,
  request: PruneRequest,
): Promise<PruneOutcome> {
  const { environment, graceMs } = request;
  const now = await readClock(session, dialect);
  const environments = environmentsAmong(request.schema, await readSchemas(session, dialect));
  const states: PruneState[] = [];
  for (const one of environments) states.push(await readPruneState(session, dialect, one, request, now));
  const own = states.find((state) => state.environment.name === environment.name);
  const { versions, kept } = planPrune(dialect, { environment, states, graceMs, now });
  if (request.dryRun || own === undefined) return { dropped: versions, kept, refused: [] };
  const dropped: Relation[] = [];
  const refused: PruneOutcome['refused'][number][] = [];
  for (const relation of versions) {
    try {
      await dropVersion(session, dialect, own, relation, now);
      dropped.push(relation);
    } catch (error) {
      refused.push({ relation, reason: (error as Error).message });
    }
  }
  await dropLeftovers(session, dialect, own);
  return { dropped, kept: kept + refused.length, refused };
}

/** Reads what one environment holds on to; whatever goes wrong is a refusal to prune. */
async function readPruneState(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  request: PruneRequest,
  now: string,
): Promise<PruneState> {
  const { store } = environment;
  try {
    const catalog = await readRelations(session, dialect, [store]);
    if ((await schemaVersion(session, environment, catalog)) === undefined)
      throw new Error('Its state is lost.');
    const sequence = await currentSequence(session, environment);
    const first = await firstKept(session, environment, sequence, request, now);
    const here = { ...(await lookAround(session, dialect, request.process)), now };
    return {
      environment,
      sequence,
      versions: await readVersions(session, store),
      publications: await readPublicationsFrom(session, dialect, store, first),
      liveRuns: await readLiveRuns(session, store, here),
    };
  } catch (error) {
    const reason = (error as Error).message;
    throw new DiagnosticError([environmentUnreadable({ environment: environment.name, reason })]);
  }
}

/** The first publication to keep: one of the last few, or the one that was shown when the time of grace began. */
async function firstKept(
  session: Session,
  environment: Environment,
  sequence: number,
  { keep, graceMs }: PruneRequest,
  now: string,
): Promise<number> {
  const times = await readPublicationTimes(session, environment.store);
  const shownAtGrace = times.findLast(({ publishedAt }) => elapsed(publishedAt, now) >= graceMs);
  return Math.min(sequence - keep + 1, shownAtGrace?.sequence ?? 0);
}

/**
 * The compare-and-set makes a publish that shows the version at this moment, or this drop, fail. Both write a new `writer`:
 * on DuckDB two updates of a row conflict only where both change the value of the same column. A drop gives way to readers
 * of the version as a publish does: nobody can publish while it waits.
 */
async function dropVersion(
  session: Session,
  dialect: Dialect,
  { environment, sequence, versions }: PruneState,
  relation: Relation,
  now: string,
): Promise<void> {
  const { name, store } = environment;
  const table = stateRelation(store, ENVIRONMENT);
  await lockingTransaction(session, dialect, table, async () => {
    for (const setting of dialect.publishSettings(1)) await session.execute(setting);
    const seen = { name, sequence };
    const swapped = await updateRows(session, table, { writer: randomUUID() }, seen);
    if (swapped !== 1) throw new Error('The environment was published in the meantime.');
    const row = { physical_name: relation.name, pruned_at: null };
    const marked = await updateRows(session, stateRelation(store, VERSION), { pruned_at: now }, row);
    if (marked !== 1) throw new Error('Another prune was faster.');
    const version = versions.find((candidate) => candidate.relation.name === relation.name);
    const isView = version?.kind === 'view';
    await session.execute(isView ? dialect.dropView(relation) : dialect.dropTable(relation));
  });
}

/** Tables that a killed publish left: replaced ones, and copies that no run is about to rename. */
async function dropLeftovers(session: Session, dialect: Dialect, state: PruneState): Promise<void> {
  const entries = [...(state.publications.at(-1)?.entries.values() ?? [])];
  const catalog = await readRelations(
    session,
    dialect,
    entries.map(({ relation }) => relation.schema),
  );
  const isIdle = state.liveRuns.length === 0;
  const leftovers = catalog.relations.filter(({ comment }) => {
    const role = readMarker(comment)?.role;
    return role === 'old' || (isIdle && role === 'next');
  });
  for (const { relation } of leftovers) await session.execute(dialect.dropTable(relation));
}
