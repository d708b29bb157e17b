import type { PostgresSettings } from '../../project/postgres-settings.ts';
import type { RedshiftSettings } from '../../project/redshift-settings.ts';
import { serverName } from '../postgres/connection-config.ts';
import type { LoginPlace } from '../postgres/connection-failure.ts';
import type { Login } from './login-source.ts';

const PORT = 5439;

/** How the server of a target is connected to. Temporary credentials are taken over TLS only, so that is the default with them, on this machine too. */
export function serverSettings(settings: RedshiftSettings, login: Login): PostgresSettings {
  const { port = PORT, iam, sslmode = iam === undefined ? undefined : 'verify-full' } = settings;
  return { ...settings, ...login, port, ...(sslmode !== undefined && { sslmode }) };
}

/** Where a target logs in, and who, as far as that is known beforehand. */
export function placeOf({ host, port = PORT, database, user, iam }: RedshiftSettings): LoginPlace {
  const who = user ?? iam?.db_user ?? iam?.workgroup_name ?? iam?.cluster_identifier ?? '';
  return { server: serverName({ host, port }), user: who, database };
}
