import type { ClientConfig } from 'pg';
import { notRedshift, refusedCredentials } from '../../diagnostic/catalogue/connection.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { redshiftDialect } from '../../dialect/redshift/redshift-dialect.ts';
import type { RedshiftSettings } from '../../project/redshift-settings.ts';
import { connectionConfig } from '../postgres/connection-config.ts';
import { connectionFailure, type LoginPlace, reconnectionFailure } from '../postgres/connection-failure.ts';
import { type Cancelling, ConnectionPool } from '../postgres/connection-pool.ts';
import { FURTHER_CONNECTIONS, type PostgresOptions } from '../postgres/postgres-warehouse.ts';
import { withSecondChance } from '../postgres/second-chance.ts';
import { ServerWarehouse } from '../postgres/server-warehouse.ts';
import { type Warehouse, WarehouseError } from '../warehouse.ts';
import { loginSource } from './login.ts';
import type { LoginSource } from './login-source.ts';
import { redshiftLabelling, setQueryGroup } from './query-label.ts';
import { redshiftErrors } from './redshift-error.ts';
import { placeOf, serverSettings } from './server-settings.ts';

/**
 * Opens a database of Amazon Redshift. Throws a `DiagnosticError` when it cannot be reached, does not let us in, is not to be
 * trusted, or is another engine.
 */
export async function openRedshift(
  settings: RedshiftSettings,
  { threads }: PostgresOptions,
): Promise<Warehouse> {
  const logins = await loginSource(settings);
  const pool = new ConnectionPool({
    config: () => configOf(settings, logins),
    startup: startupOf(settings),
    cleaning: [],
    max: threads + FURTHER_CONNECTIONS,
    cancelling: CANCELLING,
  });
  const place = placeOf(settings);
  try {
    return new ServerWarehouse({
      dialect: redshiftDialect,
      pool,
      engineVersion: await withSecondChance(() => versionOf(pool, place)),
      connectionError: (error) => reconnectionError(error, place, logins),
      labelling: redshiftLabelling(settings.query_group),
      errorReading: redshiftErrors,
    });
  } catch (error) {
    await pool.close();
    throw error instanceof DiagnosticError
      ? error
      : new DiagnosticError([openingFailure(error, place, settings)]);
  }
}

/** A query inside a transaction may outlive being cancelled; then its session is ended, which rolls back. */
const CANCELLING: Cancelling = {
  statement: (process, attempt) =>
    attempt < FIRST_TERMINATION
      ? `select pg_cancel_backend(${process})`
      : `select pg_terminate_backend(${process})`,
  intervalMs: 250,
};

const FIRST_TERMINATION = 12;

async function configOf(settings: RedshiftSettings, logins: LoginSource): Promise<ClientConfig> {
  return connectionConfig(serverSettings(settings, await logins.login()));
}

/** What a session begins with. None of it can be part of the login: Redshift refuses parameters there that it does not know. */
function startupOf({
  statement_timeout: seconds = 0,
  query_group: group,
}: RedshiftSettings): readonly string[] {
  return [
    ...redshiftDialect.sessionSettings,
    `set statement_timeout to ${Math.round(seconds * 1000)}`,
    group === undefined ? 'reset query_group' : setQueryGroup(group),
  ];
}

function openingFailure(error: unknown, place: LoginPlace, { iam }: RedshiftSettings) {
  return iam !== undefined && isRefusal(error) ? refusedCredentials(place) : connectionFailure(error, place);
}

/** Credentials that expired while they were on their way are asked for again, so that is worth another try. */
function reconnectionError(error: unknown, place: LoginPlace, logins: LoginSource): unknown {
  if (!isRefusal(error) || !logins.refused()) return reconnectionFailure(error, place);
  return new WarehouseError('transient', refusedCredentials(place).message, { cause: error });
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^28/.test(String(error.code));
}

/** Redshift's first number: results of functions do not change within one. Its patches come by themselves, every few weeks. */
async function versionOf(pool: ConnectionPool, { server }: LoginPlace): Promise<string> {
  const { rows } = await pool.use((client) =>
    client.query<{ version: string }>('select version() as version'),
  );
  const version = rows[0]?.version ?? '';
  const [, major] = /\bRedshift (\d+)\./.exec(version) ?? [];
  if (major !== undefined) return major;
  throw new DiagnosticError([notRedshift({ server, version })]);
}
