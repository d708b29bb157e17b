import { afterAll, beforeAll } from 'vitest';
import type { PostgresSettings } from '../../../src/project/postgres-settings.ts';
import { openPostgres } from '../../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Session, Warehouse } from '../../../src/warehouse/warehouse.ts';
import type { TestDatabase } from './database.ts';

/** What a target would say to reach the database of a url. */
export function settingsOf(url: string): PostgresSettings {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    ...{ host: hostname, port: Number(port), user: decodeURIComponent(username) },
    ...{ password: decodeURIComponent(password), database: pathname.slice(1) },
  };
}

/** A warehouse on a test database and a session of it, for a group of tests. */
export function openDatabase(
  database: TestDatabase,
  threads = 4,
): { readonly warehouse: Warehouse; readonly session: Session } {
  let warehouse: Warehouse | undefined;
  let session: Session | undefined;
  beforeAll(async () => {
    warehouse = await openPostgres(settingsOf(database.url), { threads });
    session = await warehouse.open();
  });
  afterAll(() => warehouse?.close());
  return {
    get warehouse() {
      return given(warehouse);
    },
    get session() {
      return given(session);
    },
  };
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A test database opens before the first test of its group.');
  return value;
}
