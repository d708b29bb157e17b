import {
  defaultEnvironmentKept,
  environmentInUse,
  unknownEnvironment,
} from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type FoundRelation, readRelations, readSchemas, relationId } from './catalog.ts';
import { type Environment, environmentsAmong } from './environment.ts';
import { failuresSchema } from './failing-rows.ts';
import { readMarker } from './marker.ts';
import { type Publication, type PublicationEntry, readPublication } from './publication.ts';
import { currentSequence } from './publish.ts';
import { schemaVersion } from './state-tables.ts';
import { readVersions } from './version.ts';

/** An environment as `model env list` shows it. */
export interface EnvironmentSummary {
  readonly environment: Environment;
  readonly sequence: number;
  readonly publishedAt: string | null;
  /** Published relations. */
  readonly relations: number;
  /** Versions in its store. */
  readonly versions: number;
}

/** All environments beside the target's schema. */
export async function listEnvironments(
  session: Session,
  dialect: Dialect,
  schema: string,
): Promise<EnvironmentSummary[]> {
  const summaries: EnvironmentSummary[] = [];
  for (const environment of environmentsAmong(schema, await readSchemas(session, dialect))) {
    const publication = await currentPublication(session, dialect, environment);
    summaries.push({
      environment,
      sequence: publication?.sequence ?? 0,
      publishedAt: publication?.publishedAt ?? null,
      relations: publication?.entries.size ?? 0,
      versions: await countVersions(session, dialect, environment),
    });
  }
  return summaries;
}

/**
 * Drops an environment: its published relations, the schemas that are empty then, and its store; nothing that people made, and
 * nothing at all where the engine knows that such a thing stands on it. Throws a DiagnosticError for an unknown one, for `default` without force, and while another environment shows its versions.
 */
export async function dropEnvironment(
  session: Session,
  dialect: Dialect,
  request: { readonly schema: string; readonly name: string; readonly force: boolean },
): Promise<void> {
  const { schema, name, force } = request;
  const schemas = await readSchemas(session, dialect);
  const all = environmentsAmong(schema, schemas);
  const environment = all.find((candidate) => candidate.name === name);
  if (environment === undefined) {
    const candidates = all.map((candidate) => candidate.name);
    throw new DiagnosticError([unknownEnvironment({ name, candidates })]);
  }
  if (name === DEFAULT_ENVIRONMENT && !force) throw new DiagnosticError([defaultEnvironmentKept()]);
  const others = all.filter((other) => other !== environment);
  const users = await usersOf(session, dialect, environment, others);
  if (users.length > 0) throw new DiagnosticError([environmentInUse({ name, users })]);
  const publication = await currentPublication(session, dialect, environment);
  const entries = [...(publication?.entries.values() ?? [])];
  const failures = failuresSchema(environment, dialect);
  const published = [
    ...new Set([environment.schema, failures, ...entries.map(({ relation }) => relation.schema)]),
  ];
  const catalog = await readRelations(session, dialect, published);
  const stored = (await readRelations(session, dialect, [environment.store])).relations;
  const ours = catalog.relations.filter((found) => isOurs(dialect, found, entries));
  const emptied = published.filter((candidate) => {
    const isWithin = ({ relation }: FoundRelation) =>
      dialect.fold(relation.schema) === dialect.fold(candidate);
    return (
      schemas.includes(candidate) && catalog.relations.filter(isWithin).every((found) => ours.includes(found))
    );
  });
  await session.transaction(async () => {
    for (const { kind, relation } of [...ours, ...stored.toSorted(latestFirst)]) {
      await session.execute(kind === 'view' ? dialect.dropView(relation) : dialect.dropTable(relation));
    }
    for (const candidate of [...emptied, environment.store])
      await session.execute(dialect.dropSchema(candidate));
  });
}

/** Versions stand on older ones; state tables, which have no date, come last. */
function latestFirst(a: FoundRelation, b: FoundRelation): number {
  return builtAt(b).localeCompare(builtAt(a));
}

function builtAt({ comment }: FoundRelation): string {
  const marker = readMarker(comment);
  return marker?.role === 'version' ? marker.builtAt : '';
}

async function countVersions(session: Session, dialect: Dialect, environment: Environment): Promise<number> {
  if (!(await hasState(session, dialect, environment))) return 0;
  return (await readVersions(session, environment.store)).length;
}

/** The environments that show versions of this one's store. */
async function usersOf(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  others: readonly Environment[],
): Promise<string[]> {
  const users: string[] = [];
  for (const other of others) {
    const publication = await currentPublication(session, dialect, other);
    const entries = [...(publication?.entries.values() ?? [])];
    if (entries.some(({ version }) => version.schema === environment.store)) users.push(other.name);
  }
  return users;
}

/** Whether a relation in a published schema was published, or is a table on its way in or out. */
function isOurs(dialect: Dialect, found: FoundRelation, entries: readonly PublicationEntry[]): boolean {
  const id = relationId(dialect, found.relation);
  const isPublished = entries.some(
    (entry) => relationId(dialect, entry.relation) === id && entry.publish === found.kind,
  );
  return isPublished || readMarker(found.comment) !== undefined;
}

/** What an environment shows; undefined where it has lost its state, so that it can still be listed and dropped. */
async function currentPublication(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<Publication | undefined> {
  if (!(await hasState(session, dialect, environment))) return undefined;
  const sequence = await currentSequence(session, environment);
  return readPublication(session, dialect, environment.store, sequence);
}

async function hasState(session: Session, dialect: Dialect, environment: Environment): Promise<boolean> {
  const catalog = await readRelations(session, dialect, [environment.store]);
  return (await schemaVersion(session, environment, catalog)) !== undefined;
}
