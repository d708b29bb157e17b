import { counted } from '../diagnostic/counted.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Project } from '../project/project.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { environmentOf } from './environment.ts';
import { schemaVersion } from './state-tables.ts';
import { readStoreState } from './store-state.ts';

/** Reads the stores that a project works with, and says what is in its own; throws as `readStoreState` does. */
export async function seeStore(
  session: Session,
  dialect: Dialect,
  { target: { schema }, environment: name, baseEnvironment }: Project,
): Promise<string> {
  const environment = environmentOf(schema, name);
  const base = baseEnvironment === undefined ? undefined : environmentOf(schema, baseEnvironment);
  const { own, catalog } = await readStoreState(session, dialect, { environment, base, schema, schemas: [] });
  const version = await schemaVersion(session, environment, catalog);
  if (version === undefined) return `${environment.store} is made by the first build; nothing published yet`;
  const published = own.sequence === 0 ? 'nothing published yet' : `publication ${own.sequence}`;
  return `${environment.store}, of version ${version}: ${counted(own.versions.size, 'version')}, ${published}`;
}
