import type { Check } from '../../diagnostic/check.ts';
import type { PostgresSettings } from '../../project/postgres-settings.ts';
import { connectionConfig, serverName } from './connection-config.ts';
import { serverChecks } from './server-checks.ts';

/** What must work before a PostgreSQL server can be asked to let anybody in. */
export function postgresChecks(settings: PostgresSettings): readonly Check[] {
  const place = { ...settings, server: serverName(settings) };
  return serverChecks({ place, config: () => connectionConfig(settings) });
}
