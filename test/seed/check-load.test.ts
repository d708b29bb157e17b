import { expect, test } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { describeLoads, type LandedShop } from './landed-shop.ts';

describeLoads('A check of what has landed', (openShop) => {
  test('loads nothing, makes nothing, and counts what a load would load', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', '2,2025-01-01 11:00:00,"b\nc"']);
    await shop.land('2025-01-02', ['3,2025-01-02 10:00:00,@NULL@']);
    const before = await schemasOf(shop);
    expect(await shop.load('check', { checks: true })).toMatchObject([
      { kind: 'loaded', batchesLoaded: 2, rowsLoaded: 3, rowsRejected: 0 },
    ]);
    expect(await schemasOf(shop)).toEqual(before);
  });

  test('looks at new and changed batches only, and leaves what is loaded as it is', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.load('first');
    const loads = await recordOf(shop);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,changed']);
    expect(await shop.load('check', { checks: true })).toMatchObject([
      { batchesLoaded: 1, batchesUnchanged: 1, rowsLoaded: 1 },
    ]);
    expect(await shop.rows()).toEqual(['1 a', '2 b']);
    expect(await recordOf(shop)).toEqual(loads);
  });

  test('tells bad rows as the load does', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', [
      '1,2025-01-01 10:00:00,a',
      '2,2025-01-01 10:00:00,b',
      'x,2025-01-01 10:00:00,c',
      '4,2025-02-30 00:00:00,d',
      '5,2025-01-01 10:00:00',
      '99999999999,2025-01-01 10:00:00,e',
    ]);
    const checked = await problemsOf(shop, true);
    expect(checked.map(({ code }) => code)).toEqual(['LOD-020', 'LOD-020', 'LOD-020', 'LOD-020', 'LOD-022']);
    expect(await schemasOf(shop)).not.toContain(shop.raw);
    expect(checked).toEqual(await problemsOf(shop, false));
  });

  test('is content with as many bad rows as are allowed, and puts none of them aside', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', 'x,2025-01-01 10:00:00,b']);
    const before = await schemasOf(shop);
    expect(await shop.load('check', { checks: true, maxErrors: 1 })).toMatchObject([
      { rowsLoaded: 1, rowsRejected: 1 },
    ]);
    expect(await schemasOf(shop)).toEqual(before);
  });
});

async function problemsOf(shop: LandedShop, checks: boolean) {
  const error = await shop.load('problems', { checks }).catch((thrown: unknown) => thrown);
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics.map(({ code, message, span }) => ({ code, message, place: span?.start }));
}

async function schemasOf({ warehouse }: LandedShop): Promise<readonly string[]> {
  const session = await warehouse.open();
  const { rows } = await session.query(warehouse.dialect.schemasQuery());
  await session.close();
  return rows.map((row) => String(row['schema_name'])).filter((name) => !name.startsWith('pg_t'));
}

async function recordOf({ warehouse, schema }: LandedShop): Promise<readonly unknown[]> {
  const session = await warehouse.open();
  const { rows } = await session.query(`select * from ${schema}__store._load order by partition_value`);
  await session.close();
  return rows;
}
