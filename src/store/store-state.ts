import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { PublishKind } from '../manifest/config.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type RelationCatalog, readRelations, relationId } from './catalog.ts';
import { type Environment, loadStore } from './environment.ts';
import { type LoadRecord, readLoads } from './load-record.ts';
import { entryOf, type Publication, type PublicationEntry, readPublication } from './publication.ts';
import { currentSequence } from './publish.ts';
import { inheritedTokens, lookAround, type RunRecord, readLatestRuns } from './run-record.ts';
import { LOAD, stateRelation } from './state-table.ts';
import { schemaVersion } from './state-tables.ts';
import { readVerdicts, type TestVerdict } from './test-verdict.ts';
import { readVersions, type Version } from './version.ts';

/** A failed run's tokens are inherited as long as it is among so many. */
const RUNS_REMEMBERED = 50;
/** Others may publish while the state is read; it is read so often at most. */
const MOST_READINGS = 10;

/** Everything that planning needs to know of the warehouse, read at once; no query per node is needed after it. */
export interface StoreState {
  /** The warehouse's clock. */
  readonly now: string;
  readonly own: EnvironmentState;
  /** The environment whose versions may be read; never written. */
  readonly base: EnvironmentState | undefined;
  readonly loads: readonly LoadRecord[];
  /** How tests ended that did not fail, here or in the base, by their keys. */
  readonly verdicts: ReadonlyMap<string, TestVerdict>;
  /** Tokens and salts that this run inherits, by unique id (see inheritedTokens). */
  readonly inheritedTokens: ReadonlyMap<string, string>;
  /** How long a node's latest build took, in milliseconds, by unique id. */
  readonly durations: ReadonlyMap<string, number>;
  /** Relations in the stores, the published schemas and the schemas that were asked for. */
  readonly catalog: RelationCatalog;
}

export interface EnvironmentState {
  readonly environment: Environment;
  /** 0: nothing was published yet. */
  readonly sequence: number;
  /** What is published now. */
  readonly publication: Publication | undefined;
  /** Complete versions that are there, by key; the latest attempt of each. */
  readonly versions: ReadonlyMap<string, Version>;
  /** Versions that the state knows and the catalog does not: somebody dropped them (see forgetVersions). */
  readonly lost: readonly Version[];
  /** The latest runs, oldest first. */
  readonly runs: readonly RunRecord[];
  readonly verdicts: ReadonlyMap<string, TestVerdict>;
}

export interface StoreStateRequest {
  readonly environment: Environment;
  readonly base: Environment | undefined;
  /** The target's schema (that of the default environment). */
  readonly schema: string;
  /** Further schemas whose relations the catalog shall show: custom published schemas, the raw schema. */
  readonly schemas: readonly string[];
}

/**
 * Reads the state in a handful of queries; stores that do not exist yet are empty. Where others may change it between two of
 * them, all is read again once somebody has published meanwhile. Refuses a newer store's schema.
 */
export async function readStoreState(
  session: Session,
  dialect: Dialect,
  request: StoreStateRequest,
): Promise<StoreState> {
  for (let reading = 1; ; reading++) {
    const state = await readOnce(session, dialect, request);
    if (!dialect.supports.sharedDatabase || reading === MOST_READINGS) return state;
    if (!(await isOutrun(session, state))) return state;
  }
}

async function readOnce(session: Session, dialect: Dialect, request: StoreStateRequest): Promise<StoreState> {
  const { environment, base } = request;
  const loads = loadStore(request.schema);
  const stores = [environment.store, ...(base === undefined ? [] : [base.store]), loads];
  const schemas = [...stores, environment.schema, ...request.schemas];
  const before = await readRelations(session, dialect, schemas);
  const own = await readRecords(session, dialect, environment, before);
  const baseRecords = base === undefined ? undefined : await readRecords(session, dialect, base, before);
  // What was recorded by then is there by now, unless somebody dropped it.
  const isLate =
    dialect.supports.sharedDatabase || [own, baseRecords].some((records) => misses(before, records));
  const catalog = isLate ? await readRelations(session, dialect, schemas) : before;
  const ownState = environmentState(own, catalog);
  const baseState = baseRecords === undefined ? undefined : environmentState(baseRecords, catalog);
  // Of a database that one process holds, every run that has tokens is over.
  const here = await lookAround(session, dialect, '');
  return {
    now: here.now,
    own: ownState,
    base: baseState,
    loads: catalog.find(stateRelation(loads, LOAD)) === undefined ? [] : await readLoads(session, loads),
    verdicts: new Map([...(baseState?.verdicts ?? []), ...own.verdicts]),
    inheritedTokens: inheritedTokens(own.runs, here),
    durations: durations([...(baseState?.versions.values() ?? []), ...ownState.versions.values()]),
    catalog,
  };
}

/** Whether a publication was made since the state was read, so that the catalog may show another one. */
async function isOutrun(session: Session, { own, base, catalog }: StoreState): Promise<boolean> {
  for (const { environment, sequence } of base === undefined ? [own] : [own, base]) {
    const isThere = (await schemaVersion(session, environment, catalog)) !== undefined;
    if (isThere && (await currentSequence(session, environment)) !== sequence) return true;
  }
  return false;
}

/** A version with this key, from the environment's own store or its base's. */
export function reusableVersion(state: StoreState, key: string): Version | undefined {
  return state.own.versions.get(key) ?? state.base?.versions.get(key);
}

/** What is published of a node here, else in the base. */
export function publishedEntry(
  state: StoreState,
  node: Pick<PublicationEntry, 'uniqueId' | 'relation'>,
): PublicationEntry | undefined {
  return entryOf(state.own.publication, node) ?? entryOf(state.base?.publication, node);
}

/** The version that a published relation of this environment shows, as a publish plan records what it saw. */
export function shownVersion(state: StoreState, dialect: Dialect, relation: Relation): Relation | null {
  return state.own.publication?.entries.get(relationId(dialect, relation))?.version ?? null;
}

/** Whether a published relation is there, of this kind, and shows this version: then it need not be copied. */
export function isShown(
  state: StoreState,
  dialect: Dialect,
  entry: { readonly relation: Relation; readonly version: Relation; readonly publish: PublishKind },
): boolean {
  const shown = state.own.publication?.entries.get(relationId(dialect, entry.relation));
  return (
    shown?.publish === entry.publish &&
    relationId(dialect, shown.version) === relationId(dialect, entry.version) &&
    state.catalog.find(entry.relation)?.kind === entry.publish
  );
}

/** What the state tables of an environment hold; whether its versions are there, the catalog tells. */
interface EnvironmentRecords extends Omit<EnvironmentState, 'versions' | 'lost'> {
  readonly recorded: readonly Version[];
}

async function readRecords(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  catalog: RelationCatalog,
): Promise<EnvironmentRecords> {
  if ((await schemaVersion(session, environment, catalog)) === undefined) return noRecords(environment);
  const { store } = environment;
  const sequence = await currentSequence(session, environment);
  return {
    environment,
    sequence,
    publication: await readPublication(session, dialect, store, sequence),
    recorded: await readVersions(session, store),
    runs: await readLatestRuns(session, store, RUNS_REMEMBERED),
    verdicts: await readVerdicts(session, store),
  };
}

/** Whether a catalog lacks a version: somebody dropped it, or it was built since, by another run of this very process perhaps. */
function misses(catalog: RelationCatalog, records: EnvironmentRecords | undefined): boolean {
  return records?.recorded.some(({ relation }) => catalog.find(relation) === undefined) ?? false;
}

function noRecords(environment: Environment): EnvironmentRecords {
  return {
    environment,
    sequence: 0,
    publication: undefined,
    recorded: [],
    runs: [],
    verdicts: new Map(),
  };
}

function environmentState(
  { recorded, ...records }: EnvironmentRecords,
  catalog: RelationCatalog,
): EnvironmentState {
  const isThere = (version: Version) => catalog.find(version.relation) !== undefined;
  return {
    ...records,
    versions: new Map(recorded.filter(isThere).map((version) => [version.key, version])),
    lost: recorded.filter((version) => !isThere(version)),
  };
}

/** Versions come oldest first, so the latest build of a node counts. */
function durations(versions: readonly Version[]): Map<string, number> {
  return new Map(versions.map((version) => [version.node, version.durationMs]));
}
