import { afterAll, beforeAll, describe } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import { postgresSettings } from '../../src/project/postgres-settings.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';
import { scratchSession } from '../warehouse/duckdb/scratch.ts';
import { describePostgres, type TestDatabase } from './postgres/database.ts';
import { describeRedshift, type TestRedshift } from './redshift/database.ts';
import { openStandIn } from './redshift/open-redshift.ts';

/** An empty database on one of the engines, for one group of tests. */
export interface TestEngine {
  readonly name: string;
  readonly dialect: Dialect;
  /** There from the first test on. */
  readonly session: Session;
}

/** Tests that hold on every engine: they run on DuckDB, and on the others that this machine has. */
export function describeEngines(title: string, body: (engine: TestEngine) => void): void {
  describe(`${title} on DuckDB`, () => {
    const scratch = scratchSession();
    body({
      name: 'duckdb',
      dialect: duckdbDialect,
      get session() {
        return scratch.session;
      },
    });
  });
  describePostgres(`${title} on PostgreSQL`, (database) => body(postgresEngine(database)));
  describeRedshift(`${title} on the stand-in for Redshift`, (redshift) => body(redshiftEngine(redshift)));
}

function redshiftEngine(redshift: TestRedshift): TestEngine {
  const standIn = openStandIn(redshift);
  return {
    name: 'redshift',
    dialect: redshiftDialect,
    get session() {
      return standIn.session;
    },
  };
}

/** A PostgreSQL database as an engine. */
export function postgresEngine(database: TestDatabase): TestEngine {
  const held: { warehouse?: Warehouse; session?: Session } = {};
  beforeAll(async () => {
    held.warehouse = await openPostgres(settingsOf(database.url), { threads: 1 });
    held.session = await held.warehouse.open();
  });
  afterAll(() => held.warehouse?.close());
  return {
    name: 'postgres',
    dialect: postgresDialect,
    get session() {
      if (held.session === undefined) throw new Error('The database is opened before the first test.');
      return held.session;
    },
  };
}

function settingsOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return postgresSettings.parse({
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    sslmode: 'disable',
  });
}
