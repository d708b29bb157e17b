import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { load } from '../../src/seed/load.ts';
import { COLUMNS, describeLoads } from './landed-shop.ts';

describeLoads('Landed batches', (openShop) => {
  test('A load brings every batch once, and a second one adds nothing', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', '2,2025-01-01 11:00:00,@NULL@']);
    await shop.land('2025-01-02', ['3,2025-01-02 10:00:00,']);
    expect(await shop.load('first')).toMatchObject([
      { batchesLoaded: 2, batchesUnchanged: 0, rowsLoaded: 3 },
    ]);
    expect(await shop.load('second')).toMatchObject([
      { batchesLoaded: 0, batchesUnchanged: 2, rowsLoaded: 0 },
    ]);
    expect(await shop.rows()).toEqual(['1 a', '2 null', '3 ']);
  });

  test('A partition whose content changed is replaced, an empty batch removes it, a missing one leaves it', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.land('2025-01-03', ['3,2025-01-03 10:00:00,c']);
    await shop.load('first');
    await shop.land('2025-01-01', ['9,2025-01-01 10:00:00,new', '10,2025-01-01 10:00:00,newer']);
    await shop.land('2025-01-02', []);
    rmSync(join(shop.folder, 'notes/load_date=2025-01-03'), { recursive: true });
    expect(await shop.load('second')).toMatchObject([{ batchesLoaded: 2, rowsLoaded: 2 }]);
    expect(await shop.rows()).toEqual(['10 newer', '3 c', '9 new']);
  });

  test('A table that is gone is loaded whole, also the partitions that land again later', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.load('first');
    const session = await shop.warehouse.open();
    await session.execute(`drop table ${shop.raw}.notes`);
    rmSync(join(shop.folder, 'notes/load_date=2025-01-02'), { recursive: true });
    await shop.load('second');
    expect(await shop.rows()).toEqual(['1 a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.load('third');
    expect(await shop.rows()).toEqual(['1 a', '2 b']);
  });

  test('A table whose record of loads was lost is loaded anew, and keeps partitions that have not landed again', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.load('first');
    const session = await shop.warehouse.open();
    await session.execute(`drop table ${shop.schema}__store._load`);
    rmSync(join(shop.folder, 'notes/load_date=2025-01-02'), { recursive: true });
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,new']);
    expect(await shop.load('second')).toMatchObject([{ batchesLoaded: 1, rowsLoaded: 1 }]);
    expect(await shop.rows()).toEqual(['1 new', '2 b']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,newer']);
    await shop.load('third');
    expect(await shop.rows()).toEqual(['1 new', '2 newer']);
  });

  test('Bad rows are shown with file, line, column, value and reason, and nothing of their batches is loaded', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', [
      '1,2025-01-01 10:00:00,"two\nlines"',
      'x,2025-01-01 10:00:00,a',
      '3,2025-02-30 00:00:00,b',
      '4,2025-01-01 10:00:00',
    ]);
    const error = await shop.load('first').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiagnosticError);
    const { diagnostics } = error as DiagnosticError;
    expect(diagnostics.map(({ code, message, span }) => [code, message, span?.start])).toEqual([
      ['LOD-020', 'Column "id": "x" is not a whole number.', { line: 4, column: 1 }],
      [
        'LOD-020',
        'Column "at": "2025-02-30 00:00:00" is not a timestamp (2025-12-31 23:59:59).',
        { line: 5, column: 3 },
      ],
      ['LOD-020', 'The row has 2 cells instead of 3.', { line: 6, column: 22 }],
      ['LOD-022', '3 bad rows in "notes", 0 allowed: nothing of these batches was loaded.', undefined],
    ]);
    expect(diagnostics[0]?.span?.source.path).toMatch(/load_date=2025-01-01\/part-0000\.csv\.gz$/);
    expect(await shop.rows()).toEqual([]);
  });

  test('With max_errors the good rows are loaded and the bad ones land beside them', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', 'x,2025-01-01 10:00:00,b']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,c']);
    expect(await shop.load('first', { maxErrors: 1 })).toMatchObject([{ rowsLoaded: 2, rowsRejected: 1 }]);
    expect(await shop.rows()).toEqual(['1 a', '2 c']);
    const session = await shop.warehouse.open();
    const { rows } = await session.query(
      `select line, column_name, value, reason, load_id from ${shop.raw}.notes__rejected`,
    );
    await session.close();
    expect(rows).toEqual([
      { line: 3n, column_name: 'id', value: 'x', reason: 'is not a whole number', load_id: 'first' },
    ]);
  });

  test('More rejects than one statement takes land too', async () => {
    const shop = await openShop();
    const long = 'x'.repeat(3_000);
    await shop.land(
      '2025-01-01',
      [...Array(1_500).keys()].map((id) => `${id},2025-13-01 10:00:00,${long}`),
    );
    await shop.load('first', { maxErrors: 1_500 });
    const session = await shop.warehouse.open();
    const sent = await session.query(`select count(*) as n from ${shop.raw}.notes__rejected`);
    expect(Number(sent.rows[0]?.['n'])).toBe(1_500);
  });

  test('Rejects of a partition go when it is replaced, those of others stay', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', 'x,2025-01-01 10:00:00,b']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,c', 'y,2025-01-02 10:00:00,d']);
    await shop.load('first', { maxErrors: 2 });
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a', '5,2025-01-01 10:00:00,b']);
    await shop.load('second');
    const session = await shop.warehouse.open();
    const { rows } = await session.query(`select value from ${shop.raw}.notes__rejected`);
    await session.close();
    expect(rows).toEqual([{ value: 'y' }]);
  });

  test('A table that cannot be loaded does not keep the next one from it', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['x,2025-01-01 10:00:00,a']);
    const rows = Buffer.from('1\n');
    const head = { table: 'orders', columns: [{ name: 'id', type: 'integer' }] };
    await writeBatch(shop.landing, head, [{ bytes: rows, rows: 1 }]);
    const { landing, warehouse, schema } = shop;
    const told: string[] = [];
    const outcomes = await load({
      ...{ landing, warehouse, schema, loadId: 'first' },
      onTable: ({ table, kind }) => told.push(`${table} ${kind}`),
    });
    expect(outcomes).toMatchObject([
      { kind: 'failed', table: 'notes', problems: [{ code: 'LOD-020' }, { code: 'LOD-022' }] },
      { kind: 'loaded', table: 'orders', rowsLoaded: 1 },
    ]);
    expect(told).toEqual(['notes failed', 'orders loaded']);
  });

  test('Rows that lie in the files of another partition fail the load', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-07 10:00:00,a']);
    await expect(shop.load('first')).rejects.toThrow(
      /LOD-023 Partition 2025-01-01 .* 0 rows, its manifest says 1\./,
    );
  });

  test('A part that was cut off fails the load before anything is touched', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.landing.write('notes/load_date=2025-01-01/part-0000.csv.gz', Buffer.from('short'));
    await expect(shop.load('first')).rejects.toThrow(/LND-008/);
  });

  test('New columns replace the table when all its partitions come again, else they are refused', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await shop.load('first');
    const wider = [...COLUMNS, { name: 'extra', type: 'bigint' }];
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a,7'], wider);
    await expect(shop.load('second')).rejects.toThrow(/LOD-024/);
    rmSync(join(shop.folder, 'notes/load_date=2025-01-02'), { recursive: true });
    await expect(shop.load('third')).rejects.toThrow(/LOD-025/);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b,8'], wider);
    expect(await shop.load('fourth')).toMatchObject([{ batchesLoaded: 2, rowsLoaded: 2 }]);
  });
});
