import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { postgresBinaries } from './binaries.ts';
import { sharedClusterUrl } from './shared-cluster.ts';

/** An empty database on a real PostgreSQL, for one group of tests. */
export interface TestDatabase {
  /** For its superuser: `postgres://user:password@127.0.0.1:5432/name`. */
  readonly url: string;
  /** Runs statements past everything that is tested, and gives the rows of the last one as `pg` does. */
  admin(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
}

const GIVEN_URL = process.env['MODEL_TEST_POSTGRES_URL'];
const available = GIVEN_URL !== undefined || postgresBinaries() !== undefined;
const required = process.env['MODEL_REQUIRE_POSTGRES'] === '1';

/**
 * Tests that need a PostgreSQL server. They run on a fresh database: on the server that `MODEL_TEST_POSTGRES_URL` names, else
 * on one that the run of vitest starts for itself; on a machine without PostgreSQL they are skipped, or fail where
 * `MODEL_REQUIRE_POSTGRES` is 1.
 */
export function describePostgres(title: string, body: (database: TestDatabase) => void): void {
  if (available) describe(title, () => body(freshDatabase()));
  else if (required) test(title, missing);
  else describe.skip(`${title} (skipped: no PostgreSQL on this machine)`, () => body(freshDatabase()));
}

function missing(): never {
  throw new Error('MODEL_REQUIRE_POSTGRES is 1, and there is no PostgreSQL server on this machine.');
}

function freshDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString('hex')}`;
  let server = '';
  beforeAll(async () => {
    const { folder, owner } = inject('postgres');
    server = GIVEN_URL ?? (await sharedClusterUrl(folder, owner));
    await runOn(server, [`create database ${name} template template0`]);
  });
  afterAll(async () => {
    if (server !== '') await runOn(server, [`drop database if exists ${name} with (force)`]);
  });
  return {
    get url() {
      return databaseUrl(server, name);
    },
    admin: (...statements) => runOn(databaseUrl(server, name), statements),
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function runOn(
  url: string,
  statements: readonly string[],
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
