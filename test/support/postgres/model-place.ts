import { openPostgres } from '../../../src/warehouse/postgres/postgres-warehouse.ts';
import type { ModelPlace } from '../model.ts';
import type { TestDatabase } from './database.ts';
import { settingsOf } from './open-database.ts';

/** A test database as the place of a project; `more` is further text of its project.yml. */
export function onDatabase(database: TestDatabase, more = ''): ModelPlace {
  const { password = '', ...settings } = settingsOf(database.url);
  const target = {
    ...{ adapter: 'postgres', ...settings, password: '{{env_var "PGPASSWORD"}}' },
    ...{ schema: 'analytics', threads: 2, landing: 'landing' },
  };
  return {
    projectYml: `name: shop
target: pg
targets:
  pg: ${JSON.stringify(target)}
models:
  +materialized: table
${more}`,
    env: { PGPASSWORD: password },
    open: () => openPostgres(settingsOf(database.url), { threads: 2 }),
  };
}

/** Takes every schema of a project out of a test database. */
export async function clearDatabase({ admin }: TestDatabase): Promise<void> {
  const schemas = await admin(
    `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`,
  );
  const drops = schemas.map(({ nspname }) => `drop schema "${String(nspname)}" cascade`);
  if (drops.length > 0) await admin(...drops);
}
