import { serverTooOld } from '../../diagnostic/catalogue/connection.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { setApplicationName } from '../../dialect/postgres/application-name.ts';
import { postgresDialect } from '../../dialect/postgres/postgres-dialect.ts';
import type { PostgresSettings } from '../../project/postgres-settings.ts';
import type { Warehouse } from '../warehouse.ts';
import { connectionConfig, serverName } from './connection-config.ts';
import { connectionFailure, reconnectionFailure } from './connection-failure.ts';
import { ConnectionPool } from './connection-pool.ts';
import { withSecondChance } from './second-chance.ts';
import { ServerWarehouse } from './server-warehouse.ts';

/** Connections beside those of the threads: the run's own, its heartbeat, its watches, and those that cancel. */
export const FURTHER_CONNECTIONS = 6;

const LEAST_VERSION = 13;

export interface PostgresOptions {
  /** How many sessions work at once, besides the few of a run itself. */
  readonly threads: number;
}

/**
 * Opens a database of a PostgreSQL server, from version 13 on. Throws a `DiagnosticError` when it cannot be reached, does not
 * let us in, is not to be trusted, or is too old.
 */
export async function openPostgres(
  settings: PostgresSettings,
  { threads }: PostgresOptions,
): Promise<Warehouse> {
  const config = await connectionConfig(settings);
  const place = { ...settings, server: serverName(settings) };
  const pool = new ConnectionPool({
    config: async () => config,
    startup: startupOf(settings),
    cleaning: ['discard all'],
    max: threads + FURTHER_CONNECTIONS,
  });
  try {
    return new ServerWarehouse({
      dialect: postgresDialect,
      pool,
      engineVersion: await withSecondChance(() => versionOf(pool, settings)),
      connectionError: (error) => reconnectionFailure(error, place),
      takesSeveral: true,
      labelling: { setting: ({ run }) => setApplicationName(run) },
    });
  } catch (error) {
    await pool.close();
    throw error instanceof DiagnosticError ? error : new DiagnosticError([connectionFailure(error, place)]);
  }
}

/** A server that can look, from version 14 on, then ends the statement of a client that was killed. */
const NOTICE_LOST_CLIENTS = `select set_config(name, '5s', false) from pg_settings
where name = 'client_connection_check_interval' and version() like '%linux%'`;

function startupOf({ role, statement_timeout: seconds = 0 }: PostgresSettings): readonly string[] {
  const { quote, sessionSettings } = postgresDialect;
  return [
    ...(role === undefined ? [] : [`set role ${quote(role)}`]),
    ...sessionSettings,
    `set statement_timeout = ${Math.round(seconds * 1000)}`,
    NOTICE_LOST_CLIENTS,
  ];
}

/** The major version: results of functions do not change within one. */
async function versionOf(pool: ConnectionPool, settings: PostgresSettings): Promise<string> {
  const { rows } = await pool.use((client) =>
    client.query<{ server_version_num: string }>('show server_version_num'),
  );
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major >= LEAST_VERSION) return String(major);
  const server = serverName(settings);
  throw new DiagnosticError([serverTooOld({ server, version: String(major), least: String(LEAST_VERSION) })]);
}
