import { describe } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import type { Relation } from '../../src/dialect/relation.ts';
import { buildVersion } from '../../src/store/build-version.ts';
import { readRelations } from '../../src/store/catalog.ts';
import { claimVersion } from '../../src/store/claim.ts';
import { type Environment, environmentOf } from '../../src/store/environment.ts';
import type { PublicationEntry } from '../../src/store/publication.ts';
import type { PublishPlan, WantedEntry } from '../../src/store/publish-plan.ts';
import type { RunIdentity } from '../../src/store/run-record.ts';
import { startRun } from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import type { Version, VersionKind } from '../../src/store/version.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import { openRedshift } from '../../src/warehouse/redshift/redshift-warehouse.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase } from '../support/postgres/model-place.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { describeRedshift } from '../support/redshift/database.ts';

/** A database in memory with the store of an environment. */
export interface OpenStore extends AsyncDisposable {
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly dialect: Dialect;
  readonly environment: Environment;
}

export const SCHEMA = 'analytics';
export const RUN: RunIdentity = { runId: 'run_1', process: 'this process' };

/** Opens an empty database of an engine, with the store of an environment. */
export type OpenStoreOf = (environment?: Environment) => Promise<OpenStore>;

/** Tests of what holds only where one process has the database to itself. */
export function describeEmbedded(title: string, body: (openStore: OpenStoreOf) => void): void {
  describe(`${title} on DuckDB`, () => body(openStore));
}

/** Tests of the store: they run on DuckDB, and on PostgreSQL and the stand-in for Redshift where this machine has them. */
export function describeStores(title: string, body: (openStore: OpenStoreOf) => void): void {
  describe(`${title} on DuckDB`, () => body(openStore));
  describeShared(title, body);
}

/** Tests of what only happens where several processes share a database. */
export function describeShared(title: string, body: (openStore: OpenStoreOf) => void): void {
  describeOnPostgres(title, body);
  describeRedshift(`${title} on the stand-in for Redshift`, (redshift) => {
    body(async (environment) => {
      await redshift.clear();
      return storeOn(await openRedshift(redshift.settings, { threads: 4 }), environment);
    });
  });
}

/** Tests of who waits for whom: on Redshift state tables are locked as wholes, and the stand-in's other locks are PostgreSQL's. */
export function describeWaits(title: string, body: (openStore: OpenStoreOf) => void): void {
  describe(`${title} on DuckDB`, () => body(openStore));
  describeOnPostgres(title, body);
}

/** Tests of what the stand-in for Redshift does not know, or does otherwise. */
export function describeOnPostgres(title: string, body: (openStore: OpenStoreOf) => void): void {
  describePostgres(`${title} on PostgreSQL`, (database) => {
    body(async (environment) => {
      await clearDatabase(database);
      return storeOn(await openPostgres(settingsOf(database.url), { threads: 4 }), environment);
    });
  });
}

async function openStore(environment?: Environment): Promise<OpenStore> {
  return storeOn(await openDuckdb(':memory:'), environment);
}

/** The store of an environment in a warehouse that is open. */
export async function storeOn(
  warehouse: Warehouse,
  environment = environmentOf(SCHEMA, 'default'),
): Promise<OpenStore> {
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

/** The names of the tables and views of a schema, as `table daily`, in order. */
export async function relationsIn({ session, dialect }: OpenStore, schema: string): Promise<string[]> {
  const { relations } = await readRelations(session, dialect, [schema]);
  return relations.map(({ kind, relation }) => `${kind} ${relation.name}`).toSorted(byName);
}

/** The comment of a relation, then those of its columns in order. */
export async function commentsOn({ session, dialect }: OpenStore, relation: Relation): Promise<unknown[]> {
  const { schema, name } = relation;
  const catalog = await readRelations(session, dialect, [schema]);
  const { rows } = await session.query(COLUMN_COMMENTS[dialect.name] ?? '', [schema, name]);
  // PostgreSQL does not tell an empty comment from none.
  return [catalog.find(relation)?.comment, ...rows.map((row) => row['comment'])].map(
    (comment) => comment ?? '',
  );
}

const COMMENTS_OF_ATTRIBUTES = `
    select col_description(attrelid, attnum) as comment
    from pg_attribute
    join pg_class on pg_class.oid = attrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = $1 and relname = $2 and attnum > 0
    order by attnum`;

const COLUMN_COMMENTS: Readonly<Record<string, string>> = {
  duckdb: `
    select comment from duckdb_columns()
    where schema_name = $1 and table_name = $2
    order by column_index`,
  postgres: COMMENTS_OF_ATTRIBUTES,
  redshift: COMMENTS_OF_ATTRIBUTES,
};

function byName(a: string, b: string): number {
  return a.replace(/^\w+ /, '').localeCompare(b.replace(/^\w+ /, ''));
}

export async function rowsOf(session: Session, sql: string): Promise<unknown[]> {
  const { rows } = await session.query(sql);
  return [...rows];
}

export function neverWarns(diagnostic: { readonly message: string }): never {
  throw new Error(`unexpected warning: ${diagnostic.message}`);
}
