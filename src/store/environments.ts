import {
  defaultEnvironmentKept,
  environmentInUse,
  unknownEnvironment,
} from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readSchemas } from './catalog.ts';
import { DEFAULT_ENVIRONMENT, type Environment, environmentsAmong } from './environment.ts';
import { type Publication, readPublication } from './publication.ts';
import { currentSequence } from './publish.ts';
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
      versions: (await readVersions(session, environment.store)).length,
    });
  }
  return summaries;
}

/**
 * Drops an environment: its published relations and schemas, and its store. Throws a DiagnosticError for an unknown one, for
 * `default` without force, and while another environment shows its versions.
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
  const published = new Set([environment.schema]);
  const users: string[] = [];
  const taken = new Set<string>();
  for (const other of all) {
    const publication = await currentPublication(session, dialect, other);
    const entries = [...(publication?.entries.values() ?? [])];
    const own = other === environment;
    for (const { relation } of entries) (own ? published : taken).add(relation.schema);
    if (!own && entries.some(({ version }) => version.schema === environment.store)) users.push(other.name);
  }
  if (users.length > 0) throw new DiagnosticError([environmentInUse({ name, users })]);
  const dropped = [...[...published].filter((candidate) => !taken.has(candidate)), environment.store];
  await session.transaction(async () => {
    for (const candidate of dropped) await session.execute(dialect.dropSchema(candidate));
  });
}

async function currentPublication(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<Publication | undefined> {
  const sequence = await currentSequence(session, environment);
  return readPublication(session, dialect, environment.store, sequence);
}
