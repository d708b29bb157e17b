import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openDuckdb } from '../../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Session, Warehouse } from '../../../src/warehouse/warehouse.ts';

/** A folder that lasts as long as the test file. */
export function scratchFolder(): { readonly path: string; file(name: string): string } {
  const folder = { path: '', file: (name: string) => join(folder.path, name) };
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'modelwright-'));
  });
  afterAll(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

/** A session on a database in memory that lasts as long as the test file. */
export function scratchSession(): { readonly session: Session; readonly warehouse: Warehouse } {
  const held: { session?: Session; warehouse?: Warehouse } = {};
  beforeAll(async () => {
    held.warehouse = await openDuckdb(':memory:');
    held.session = await held.warehouse.open();
  });
  afterAll(() => held.warehouse?.close());
  return {
    get session() {
      return present(held.session);
    },
    get warehouse() {
      return present(held.warehouse);
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The scratch database is opened before the first test.');
  return value;
}
