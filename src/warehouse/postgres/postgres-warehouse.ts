import { serverTooOld } from '../../diagnostic/catalogue/connection.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { postgresDialect } from '../../dialect/postgres/postgres-dialect.ts';
import type { PostgresSettings } from '../../project/postgres-settings.ts';
import type { Session, Warehouse } from '../warehouse.ts';
import { connectionConfig, serverName } from './connection-config.ts';
import { connectionFailure, reconnectionFailure } from './connection-failure.ts';
import { ConnectionPool } from './connection-pool.ts';
import { PostgresSession } from './postgres-session.ts';
import { TypeNames } from './type-names.ts';

/** Connections beside those of the threads: the run's own, its heartbeat, its watches, and those that cancel. */
const FURTHER_CONNECTIONS = 6;

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
  const pool = new ConnectionPool({
    config: async () => config,
    startup: startupOf(settings),
    cleaning: ['discard all'],
    max: threads + FURTHER_CONNECTIONS,
  });
  try {
    return new PostgresWarehouse(settings, pool, await versionOf(pool, settings));
  } catch (error) {
    await pool.close();
    throw error instanceof DiagnosticError
      ? error
      : new DiagnosticError([connectionFailure(error, settings)]);
  }
}

function startupOf({ role, statement_timeout: seconds = 0 }: PostgresSettings): readonly string[] {
  const { quote, sessionSettings } = postgresDialect;
  return [
    ...(role === undefined ? [] : [`set role ${quote(role)}`]),
    ...sessionSettings,
    `set statement_timeout = ${Math.round(seconds * 1000)}`,
  ];
}

/** The major version: results of functions do not change within one. */
async function versionOf(pool: ConnectionPool, settings: PostgresSettings): Promise<string> {
  const client = await pool.acquire();
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  await pool.release(client);
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major >= LEAST_VERSION) return String(major);
  const server = serverName(settings);
  throw new DiagnosticError([serverTooOld({ server, version: String(major), least: String(LEAST_VERSION) })]);
}

class PostgresWarehouse implements Warehouse {
  readonly dialect = postgresDialect;
  readonly engineVersion: string;
  readonly #settings: PostgresSettings;
  readonly #pool: ConnectionPool;
  readonly #typeNames = new TypeNames();
  readonly #sessions = new Set<Session>();

  constructor(settings: PostgresSettings, pool: ConnectionPool, engineVersion: string) {
    this.#settings = settings;
    this.#pool = pool;
    this.engineVersion = engineVersion;
  }

  /** It takes a connection when it runs its first statement. */
  async open(): Promise<Session> {
    const session = new PostgresSession({
      pool: this.#pool,
      typeNames: this.#typeNames,
      connectionError: (error) => reconnectionFailure(error, this.#settings),
      onClose: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.#pool.close();
  }
}
