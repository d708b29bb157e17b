import { expect, it } from 'vitest';
import { environmentOf } from '../../src/store/environment.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import { readStoreState } from '../../src/store/store-state.ts';
import { commentsOn, describeStores, relationsIn, rowsOf, SCHEMA } from './open-store.ts';

const TABLES = ['_environment', '_load', '_publication', '_run', '_verdict', '_version'];

describeStores('the state tables', (openStore) => {
  it('are there, each table and column with what it means', async () => {
    await using store = await openStore();
    const { store: schema } = store.environment;
    expect(await relationsIn(store, schema)).toEqual(TABLES.map((name) => `table ${name}`));
    for (const table of TABLES) {
      const told = await commentsOn(store, { schema, name: table });
      expect(told.length).toBeGreaterThan(2);
      expect(told.filter((comment) => typeof comment !== 'string' || comment === '')).toEqual([]);
    }
  });

  it('are created once, however many do it at once', async () => {
    await using store = await openStore();
    const pr = environmentOf(SCHEMA, 'pr_42');
    const creators = Array.from({ length: 6 }, async () => {
      await ensureStore(await store.warehouse.open(), store.dialect, pr);
    });
    await Promise.all(creators);
    const rows = await rowsOf(
      store.session,
      'select name, sequence, schema_version from analytics__pr_42__store._environment',
    );
    expect(rows).toEqual([{ name: 'pr_42', sequence: 0, schema_version: 1 }]);
  });

  it('are migrated once by a newer modelwright, and refused by an older one from then on', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const migration = async () => {
      await session.execute('alter table analytics__store._run add column host varchar');
    };
    await ensureStore(session, dialect, environment, [migration]);
    await ensureStore(session, dialect, environment, [migration]);
    expect(await rowsOf(session, 'select schema_version from analytics__store._environment')).toEqual([
      { schema_version: 2 },
    ]);
    await expect(ensureStore(session, dialect, environment)).rejects.toThrow(
      /STO-001.*version 2, this one knows 1/,
    );
    const request = { environment, base: undefined, schema: SCHEMA, schemas: [] };
    await expect(readStoreState(await warehouse.open(), dialect, request)).rejects.toThrow('STO-001');
  });

  it('keep what they had when a migration fails', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const migration = async () => {
      await session.execute('alter table analytics__store._run add column host varchar');
      await session.execute('select no_such_column');
    };
    await expect(ensureStore(session, dialect, environment, [migration])).rejects.toThrow('no_such_column');
    expect(await rowsOf(session, 'select schema_version from analytics__store._environment')).toEqual([
      { schema_version: 1 },
    ]);
    const added = `select 1 from information_schema.columns where table_name = '_run' and column_name = 'host'`;
    expect(await rowsOf(session, added)).toEqual([]);
  });
});
