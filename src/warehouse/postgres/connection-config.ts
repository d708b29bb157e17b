import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import { unreadableCertificates } from '../../diagnostic/catalogue/connection.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { isLocalHost } from '../../project/local-host.ts';
import type { PostgresSettings } from '../../project/postgres-settings.ts';
import { typeParsers } from './value.ts';

const APPLICATION = 'modelwright';
const PORT = 5432;
const CONNECT_SECONDS = 10;
const KEEPALIVE_SECONDS = 30;

/** What `pg` connects with. Throws a `DiagnosticError` when the file of certificate authorities cannot be read. */
export async function connectionConfig(settings: PostgresSettings): Promise<ClientConfig> {
  const { host, port = PORT, user, password = '', database } = settings;
  const idle = settings.keepalives_idle ?? KEEPALIVE_SECONDS;
  return {
    host,
    port,
    user,
    database,
    // A function: otherwise `pg` would look for a password of its own, in PGPASSWORD and in a file.
    password: () => password,
    ssl: await tlsOptions(settings),
    application_name: APPLICATION,
    connectionTimeoutMillis: (settings.connect_timeout ?? CONNECT_SECONDS) * 1000,
    keepAlive: idle > 0,
    keepAliveInitialDelayMillis: idle * 1000,
    types: { getTypeParser: typeParsers },
  };
}

/** How people name the server: `db.example.com:5432`. */
export function serverName({ host, port = PORT }: Pick<PostgresSettings, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

async function tlsOptions(settings: PostgresSettings): Promise<boolean | ConnectionOptions> {
  const mode = settings.sslmode ?? (isLocalHost(settings.host) ? 'disable' : 'verify-full');
  const authorities = await certificateAuthorities(settings.sslrootcert);
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
      // As libpq has it: whoever names authorities wants them asked.
      return authorities === undefined ? { rejectUnauthorized: false } : anyName(authorities);
    case 'verify-ca':
      return anyName(authorities);
    case 'verify-full':
      return { rejectUnauthorized: true, ...authorities };
  }
}

type Authorities = { readonly ca: string } | undefined;

function anyName(authorities: Authorities): ConnectionOptions {
  return { rejectUnauthorized: true, checkServerIdentity: () => undefined, ...authorities };
}

async function certificateAuthorities(path: string | undefined): Promise<Authorities> {
  if (path === undefined) return undefined;
  try {
    return { ca: await readFile(path, 'utf8') };
  } catch (error) {
    throw new DiagnosticError([unreadableCertificates({ path, reason: (error as Error).message })]);
  }
}
