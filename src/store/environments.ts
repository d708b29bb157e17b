import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations, readSchemas } from './catalog.ts';
import { type Environment, environmentsAmong } from './environment.ts';
import { type Publication, readPublication } from './publication.ts';
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

async function countVersions(session: Session, dialect: Dialect, environment: Environment): Promise<number> {
  if (!(await hasState(session, dialect, environment))) return 0;
  return (await readVersions(session, environment.store)).length;
}

/** What an environment shows; undefined where it has lost its state, so that it can still be listed and dropped. */
export async function currentPublication(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<Publication | undefined> {
  if (!(await hasState(session, dialect, environment))) return undefined;
  const sequence = await currentSequence(session, environment);
  return readPublication(session, dialect, environment.store, sequence);
}

/** Whether an environment has its state. */
export async function hasState(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<boolean> {
  const catalog = await readRelations(session, dialect, [environment.store]);
  return (await schemaVersion(session, environment, catalog)) !== undefined;
}
