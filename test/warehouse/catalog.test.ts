import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/warehouse/catalog.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { scratchFolder } from './duckdb/scratch.ts';

const folder = scratchFolder();

describe('the catalog', () => {
  test('shows a view whose table a DBA dropped, in a database that is opened anew', async () => {
    const path = folder.file('catalog.duckdb');
    const first = await openDuckdb(path);
    const before = await first.open();
    await before.execute('create schema analytics');
    await before.execute('create table analytics.base as select 1 as a, [1] as b');
    await before.execute('create view analytics.daily as select a, b from analytics.base');
    await before.execute('drop table analytics.base');
    await first.close();

    const again = await openDuckdb(path);
    const catalog = await readCatalog(await again.open(), again.dialect, ['analytics']);
    expect(catalog.find({ schema: 'analytics', name: 'base' })).toBeUndefined();
    expect(catalog.find({ schema: 'Analytics', name: 'Daily' })).toEqual({
      relation: { schema: 'analytics', name: 'daily' },
      kind: 'view',
      columns: [
        { name: 'a', engineType: 'INTEGER', type: { kind: 'integer' } },
        { name: 'b', engineType: 'INTEGER[]', type: undefined },
      ],
    });
    await again.close();
  });

  test('reads thousands of relations in one query, fast', async () => {
    const warehouse = await openDuckdb(':memory:');
    const session = await warehouse.open();
    await session.transaction(async () => {
      for (let index = 0; index < 2000; index++)
        await session.execute(`create table t${index} (a integer, b date)`);
    });
    const began = performance.now();
    const catalog = await readCatalog(session, warehouse.dialect, ['main']);
    expect(catalog.relations).toHaveLength(2000);
    expect(performance.now() - began).toBeLessThan(1000);
    expect((await readCatalog(session, warehouse.dialect, [])).relations).toEqual([]);
    await warehouse.close();
  });
});
