import type { Dialect } from '../../src/dialect/dialect.ts';
import type { Relation } from '../../src/dialect/relation.ts';
import { buildVersion } from '../../src/store/build-version.ts';
import { claimVersion } from '../../src/store/claim.ts';
import { type Environment, environmentOf } from '../../src/store/environment.ts';
import type { PublicationEntry } from '../../src/store/publication.ts';
import type { PublishPlan, WantedEntry } from '../../src/store/publish-plan.ts';
import type { RunIdentity } from '../../src/store/run-record.ts';
import { startRun } from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import type { Version, VersionKind } from '../../src/store/version.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';

/** A database in memory with the store of an environment. */
export interface OpenStore extends AsyncDisposable {
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly dialect: Dialect;
  readonly environment: Environment;
}

export const SCHEMA = 'analytics';
export const RUN: RunIdentity = { runId: 'run_1', process: 'this process' };

export async function openStore(environment = environmentOf(SCHEMA, 'default')): Promise<OpenStore> {
  const warehouse = await openDuckdb(':memory:');
  const session = await warehouse.open();
  await ensureStore(session, warehouse.dialect, environment);
  await startRun(session, warehouse.dialect, environment.store, {
    ...RUN,
    command: 'build',
    gitCommit: null,
  });
  return {
    warehouse,
    session,
    dialect: warehouse.dialect,
    environment,
    [Symbol.asyncDispose]: () => warehouse.close(),
  };
}

/** Builds a version of a SELECT under a key; the node is `model.shop.<name>`. */
export async function build(
  store: Pick<OpenStore, 'session' | 'dialect' | 'environment'>,
  name: string,
  key: string,
  select: string,
  options: {
    readonly kind?: VersionKind;
    readonly dependencies?: readonly Relation[];
    readonly run?: RunIdentity;
  } = {},
): Promise<Version> {
  const { session, dialect, environment } = store;
  const { kind = 'table', dependencies = [], run = RUN } = options;
  const request = { store: environment.store, key, node: `model.shop.${name}`, name, run };
  const claimed = await claimVersion(session, dialect, request);
  if (claimed.kind === 'built') return claimed.version;
  const { claim } = claimed;
  const content = { kind, dependencies, live: false };
  return buildVersion(session, dialect, claim, content, async () => {
    const create =
      kind === 'table'
        ? dialect.createTableAs(claim.relation, select, {})
        : dialect.createView(claim.relation, select);
    await session.execute(create);
  });
}

/** An entry that publishes a version under its node's name. */
export function entryFor(
  environment: Environment,
  version: Version,
  changes: Partial<PublicationEntry> = {},
): PublicationEntry {
  return {
    uniqueId: version.node,
    relation: { schema: environment.schema, name: version.node.split('.').at(-1) ?? '' },
    version: version.relation,
    key: version.key,
    publish: 'view',
    columns: version.columns.map((column) => ({ ...column, description: '' })),
    description: '',
    grants: [],
    storage: {},
    retiredAt: null,
    ...changes,
  };
}

export function wanted(entry: PublicationEntry, saw: Relation | null): WantedEntry {
  return { entry, saw, adopt: false };
}

export function planOf(
  wantedEntries: readonly WantedEntry[],
  changes: Partial<PublishPlan> = {},
): PublishPlan {
  return {
    runId: 'run_1',
    gitCommit: null,
    wanted: wantedEntries,
    retired: [],
    allOrNothing: false,
    ...changes,
  };
}

export async function rowsOf(session: Session, sql: string): Promise<unknown[]> {
  const { rows } = await session.query(sql);
  return [...rows];
}

export function neverWarns(diagnostic: { readonly message: string }): never {
  throw new Error(`unexpected warning: ${diagnostic.message}`);
}
