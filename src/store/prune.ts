import { environmentUnreadable } from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations, readSchemas } from './catalog.ts';
import { elapsed, readClock } from './clock.ts';
import { type Environment, environmentsAmong } from './environment.ts';
import { findLeftovers } from './leftover.ts';
import { type PrunePlan, type PruneState, planPrune } from './prune-plan.ts';
import { readPublicationsFrom, readPublicationTimes } from './publication.ts';
import { currentSequence } from './publish.ts';
import { lookAround, readLiveRuns } from './run-record.ts';
import { schemaVersion } from './state-tables.ts';
import { bury, digTombs, readStandingVersions, revive, type Tombs } from './tombstone.ts';

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
 * Drops the versions of a store that nothing shows or may soon show again, each in a transaction of its own. They are
 * tombstoned first, and then all is looked at again: a run that has begun meanwhile either passes over them or is seen, and
 * they stay for it. What a killed prune has tombstoned, the next one drops. Throws a DiagnosticError, and drops nothing, when
 * an environment of the database cannot be read.
 */
export async function prune(
  session: Session,
  dialect: Dialect,
  request: PruneRequest,
): Promise<PruneOutcome> {
  const first = await readPruning(session, dialect, request);
  const doomed = first.plan.versions;
  if (request.dryRun || first.own === undefined)
    return { dropped: doomed, kept: first.plan.kept, refused: [] };
  const tombs: Tombs = { session, dialect, store: first.own.environment.store, at: first.now };
  await digTombs(tombs, doomed);
  const second = await readPruning(session, dialect, request).catch(async (error: unknown) => {
    await revive(tombs, doomed);
    throw error;
  });
  const own = second.own ?? first.own;
  const isDoomed = amongNames(second.plan.versions);
  await revive(
    tombs,
    doomed.filter((relation) => !isDoomed(relation)),
  );
  const standing = new Set<string>();
  const buried = await dropEach(second.plan.versions.filter(amongNames(doomed)), async (relation) => {
    try {
      if (standing.has(relation.name)) throw new Error('A version that was made from it stays.');
      await bury(tombs, own, relation);
    } catch (error) {
      for (const { name } of dependenciesOf(own, relation)) standing.add(name);
      await revive(tombs, [relation]).catch(() => undefined);
      throw error;
    }
  });
  const swept = await dropEach(await findLeftovers(session, dialect, own), (relation) =>
    session.execute(dialect.dropTable(relation)),
  );
  const kept = first.own.versions.length - buried.dropped.length;
  return { dropped: buried.dropped, kept, refused: [...buried.refused, ...swept.refused] };
}

/** Drops one after the other; one that cannot be dropped does not stop the others. */
async function dropEach(
  relations: readonly Relation[],
  drop: (relation: Relation) => Promise<unknown>,
): Promise<Pick<PruneOutcome, 'dropped' | 'refused'>> {
  const dropped: Relation[] = [];
  const refused: PruneOutcome['refused'][number][] = [];
  for (const relation of relations) {
    try {
      await drop(relation);
      dropped.push(relation);
    } catch (error) {
      refused.push({ relation, reason: (error as Error).message });
    }
  }
  return { dropped, refused };
}

function dependenciesOf({ versions }: PruneState, { name }: Relation): readonly Relation[] {
  return versions.find(({ relation }) => relation.name === name)?.dependencies ?? [];
}

/** Whether a relation of the store is one of these. */
function amongNames(relations: readonly Relation[]): (relation: Relation) => boolean {
  const names = new Set(relations.map(({ name }) => name));
  return ({ name }) => names.has(name);
}

/** What is known at one moment, and what can go as far as that tells. */
interface Pruning {
  readonly now: string;
  /** The environment whose store is pruned. */
  readonly own: PruneState | undefined;
  readonly plan: PrunePlan;
}

async function readPruning(session: Session, dialect: Dialect, request: PruneRequest): Promise<Pruning> {
  const { environment, graceMs } = request;
  const now = await readClock(session, dialect);
  const environments = environmentsAmong(request.schema, await readSchemas(session, dialect));
  const states: PruneState[] = [];
  for (const one of environments) states.push(await readPruneState(session, dialect, one, request, now));
  const own = states.find((state) => state.environment.name === environment.name);
  return { now, own, plan: planPrune(dialect, { environment, states, graceMs, now }) };
}

/**
 * Reads what one environment holds on to; whatever goes wrong is a refusal to prune. Live runs come first: one that ends
 * while the rest is read has published by then.
 */
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
    const here = { ...(await lookAround(session, dialect, request.process)), now };
    const liveRuns = await readLiveRuns(session, store, here);
    const versions = await readStandingVersions(session, store, catalog);
    const sequence = await currentSequence(session, environment);
    const first = await firstKept(session, environment, sequence, request, now);
    const publications = await readPublicationsFrom(session, dialect, store, first);
    return { environment, sequence, versions, publications, liveRuns };
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
