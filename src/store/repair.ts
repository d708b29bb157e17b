import { randomUUID } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import { type Catalog, readCatalog } from '../warehouse/catalog.ts';
import type { Session } from '../warehouse/warehouse.ts';
import {
  type FoundRelation,
  type RelationCatalog,
  readRelations,
  readSchemas,
  relationId,
} from './catalog.ts';
import { readClock } from './clock.ts';
import { type Environment, environmentOf, environmentsAmong } from './environment.ts';
import { type Marker, readMarker } from './marker.ts';
import { type PublicationEntry, publicationRows, readPublication } from './publication.ts';
import { currentSequence } from './publish.ts';
import { shownVersionOf, withoutVersion } from './shown-version.ts';
import { stateJson } from './state-json.ts';
import { lockingTransaction } from './state-lock.ts';
import { insertRows, readText, readTextOrNull, selectRows, updateRows } from './state-query.ts';
import { ENVIRONMENT, PUBLICATION, stateRelation, VERSION } from './state-table.ts';
import { ensureStore } from './state-tables.ts';
import { forgetVersions, readVersions, type VersionColumn } from './version.ts';

export interface RepairOutcome {
  /** Versions that the catalog holds and the state had lost. */
  readonly recovered: number;
  /** Versions that the state held and the catalog has lost. */
  readonly lost: number;
  /** Published relations that were found and recorded; 0 when the publication was intact. */
  readonly republished: number;
}

/** Rebuilds an environment's state from the comments of its versions and the texts of its views. */
export async function repair(
  session: Session,
  dialect: Dialect,
  request: {
    readonly environment: Environment;
    /** The environment whose versions this one may show. */
    readonly base: Environment | undefined;
    /** The target's schema (that of the default environment). */
    readonly schema: string;
    readonly runId: string;
  },
): Promise<RepairOutcome> {
  const { environment, base } = request;
  await ensureStore(session, dialect, environment);
  const schemas = await readSchemas(session, dialect);
  const environments = environmentsAmong(request.schema, schemas);
  const published = publishedSchemas(environment, environments, schemas);
  const stores = [environment.store, ...(base === undefined ? [] : [base.store])];
  const catalog = await readRelations(session, dialect, [...stores, ...published], true);
  const columns = await readCatalog(session, dialect, [environment.store, ...published]);
  const marked = markedVersions(dialect, catalog, new Set(stores));
  const recovered = await recoverVersions(session, environment.store, marked, columns);
  const lost = await forgetLostVersions(session, dialect, environment.store);
  const sequence = await currentSequence(session, environment);
  if ((await readPublication(session, dialect, environment.store, sequence)) !== undefined) {
    return { recovered, lost, republished: 0 };
  }
  const found = catalog.relations.filter(({ relation }) => published.includes(relation.schema));
  const entries = toldApart(found.flatMap((one) => entryOfFound(dialect, one, marked, columns) ?? []));
  await recordPublication(session, dialect, environment, sequence, entries, request.runId);
  return { recovered, lost, republished: entries.length };
}

interface MarkedVersion {
  readonly relation: Relation;
  readonly marker: Extract<Marker, { role: 'version' }>;
}

/**
 * The schema of the environment and its custom ones, which have one more underscore and a name; not those of another
 * environment, or of a target whose schema begins alike.
 */
function publishedSchemas(
  environment: Environment,
  environments: readonly Environment[],
  schemas: readonly string[],
): string[] {
  const others = environments.filter(({ name }) => name !== environment.name);
  const all = new Set(schemas);
  const custom = `${environment.schema}_`;
  const isCustom = (schema: string) =>
    schema.startsWith(custom) &&
    !schema.slice(environment.schema.length).includes('__') &&
    !all.has(environmentOf(schema, DEFAULT_ENVIRONMENT).store) &&
    !others.some((other) => other.schema.startsWith(custom) && `${schema}_`.startsWith(`${other.schema}_`));
  return schemas.filter((schema) => schema === environment.schema || isCustom(schema));
}

function markedVersions(
  dialect: Dialect,
  catalog: RelationCatalog,
  stores: ReadonlySet<string>,
): Map<string, MarkedVersion> {
  return new Map(
    catalog.relations.flatMap(({ relation, comment }): [string, MarkedVersion][] => {
      const marker = stores.has(relation.schema) ? readMarker(comment) : undefined;
      return marker?.role === 'version' ? [[relationId(dialect, relation), { relation, marker }]] : [];
    }),
  );
}

async function recoverVersions(
  session: Session,
  store: string,
  marked: ReadonlyMap<string, MarkedVersion>,
  columns: Catalog,
): Promise<number> {
  const table = stateRelation(store, VERSION);
  const rows = await selectRows(session, table);
  const known = new Map(rows.map((row) => [readText(row, 'physical_name'), row]));
  const own = [...marked.values()].filter(({ relation }) => relation.schema === store);
  const missing = own.filter(({ relation }) => !known.has(relation.name));
  await insertRows(
    session,
    table,
    missing.map((version) => versionRow(version, columnsOf(columns, version.relation))),
  );
  const buried = own.filter(({ relation }) => {
    const row = known.get(relation.name);
    return row !== undefined && readTextOrNull(row, 'pruned_at') !== null;
  });
  for (const { relation } of buried) {
    await updateRows(session, table, { pruned_at: null }, { physical_name: relation.name });
  }
  return missing.length + buried.length;
}

function versionRow({ relation, marker }: MarkedVersion, columns: readonly VersionColumn[]) {
  return {
    physical_name: relation.name,
    version_key: marker.key,
    attempt: marker.attempt,
    node: marker.node,
    kind: marker.kind,
    status: 'complete',
    run_id: marker.run,
    claimed_at: marker.builtAt,
    completed_at: marker.builtAt,
    duration_ms: 0,
    columns: stateJson(columns),
    dependencies: stateJson(marker.dependencies),
    live: marker.live,
  };
}

function columnsOf(columns: Catalog, relation: Relation): VersionColumn[] {
  return (columns.find(relation)?.columns ?? []).map(({ name, engineType }) => ({ name, type: engineType }));
}

async function forgetLostVersions(session: Session, dialect: Dialect, store: string): Promise<number> {
  const versions = await readVersions(session, store);
  const catalog = await readRelations(session, dialect, [store]);
  const lost = versions
    .map(({ relation }) => relation)
    .filter((relation) => catalog.find(relation) === undefined);
  await forgetVersions(session, dialect, store, lost);
  return lost.length;
}

/** What a published relation shows, as far as it tells itself; undefined for those that show no version of our stores. */
function entryOfFound(
  dialect: Dialect,
  found: FoundRelation,
  marked: ReadonlyMap<string, MarkedVersion>,
  columns: Catalog,
): PublicationEntry | undefined {
  const shown = shownVersionOf(dialect, found, (relation) => marked.has(relationId(dialect, relation)));
  const version = shown === undefined ? undefined : marked.get(relationId(dialect, shown));
  if (version === undefined) return undefined;
  return {
    uniqueId: version.marker.node,
    relation: found.relation,
    version: version.relation,
    key: version.marker.key,
    publish: found.kind,
    columns: columnsOf(columns, found.relation).map((column) => ({ ...column, description: '' })),
    description: withoutVersion(found.comment ?? ''),
    grants: [],
    storage: {},
    retiredAt: null,
  };
}

/** A version names only the node that it was built for; others that share it go by the names under which they are published. */
function toldApart(entries: readonly PublicationEntry[]): PublicationEntry[] {
  const counts = new Map<string, number>();
  for (const { uniqueId } of entries) counts.set(uniqueId, (counts.get(uniqueId) ?? 0) + 1);
  return entries.map((entry) => {
    const isAlone = counts.get(entry.uniqueId) === 1;
    const stem = entry.uniqueId.slice(0, entry.uniqueId.lastIndexOf('.'));
    return isAlone ? entry : { ...entry, uniqueId: `${stem}.${entry.relation.name}` };
  });
}

async function recordPublication(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  sequence: number,
  entries: readonly PublicationEntry[],
  runId: string,
): Promise<void> {
  if (entries.length === 0) return;
  const publishedAt = await readClock(session, dialect);
  const publication = { sequence: sequence + 1, runId, gitCommit: null, publishedAt, restores: null };
  const recorded = entries.map((entry) => ({ entry, change: 'added' as const }));
  const table = stateRelation(environment.store, ENVIRONMENT);
  await lockingTransaction(session, dialect, table, async () => {
    const values = { sequence: publication.sequence, published_at: publishedAt, writer: randomUUID() };
    const where = { name: environment.name, sequence };
    const changed = await updateRows(session, table, values, where);
    if (changed !== 1)
      throw new Error('The environment was published during its repair; run the repair again.');
    await insertRows(
      session,
      stateRelation(environment.store, PUBLICATION),
      publicationRows(publication, recorded),
    );
  });
}
