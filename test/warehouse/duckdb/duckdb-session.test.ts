import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { WarehouseError } from '../../../src/warehouse/warehouse.ts';
import { scratchSession } from './scratch.ts';

const scratch = scratchSession();
const run = (sql: string) => scratch.session.execute(sql);
const rows = async (sql: string) => (await scratch.session.query(sql)).rows;

async function errorOf(work: Promise<unknown>): Promise<WarehouseError> {
  const error = await work.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WarehouseError)) throw error;
  return error;
}

describe('rows', () => {
  test('hold exact values: decimals and moments as text, big integers as bigint, NULL as null', async () => {
    const {
      columns,
      rows: [row],
    } = await scratch.session.query(`select
      true as flag, cast(7 as smallint) as small, 7 as int, cast(9007199254740993 as bigint) as big,
      sum(cast(1 as bigint)) as huge, cast(1.10 as decimal(18, 2)) as dec, cast(-0.001 as decimal(38, 3)) as neg,
      cast(0.1 as double) as dbl, 'it''s 😀' as txt, date '0099-02-01' as day, timestamp '2024-01-01 10:00:00.5' as ts,
      timestamp '2024-01-01 10:00:00' at time zone 'UTC' as tstz, time '10:00:00' as tim, [1, 2] as list, null as nothing`);
    expect(row).toEqual({
      flag: true,
      small: 7,
      int: 7,
      big: 9007199254740993n,
      huge: 1n,
      dec: '1.10',
      neg: '-0.001',
      dbl: 0.1,
      txt: "it's 😀",
      day: '0099-02-01',
      ts: '2024-01-01 10:00:00.5',
      tstz: '2024-01-01 10:00:00+00',
      tim: '10:00:00',
      list: '[1, 2]',
      nothing: null,
    });
    expect(columns.slice(0, 6).map((column) => `${column.name} ${column.type}`)).toEqual([
      'flag BOOLEAN',
      'small SMALLINT',
      'int INTEGER',
      'big BIGINT',
      'huge HUGEINT',
      'dec DECIMAL(18,2)',
    ]);
  });

  test('keep columns of one name apart, and a column may be called __proto__', async () => {
    const {
      rows: [row],
    } = await scratch.session.query('select 1 as a, 2 as a, 3 as "__proto__"');
    expect(Object.values(row ?? {})).toEqual([1, 2, 3]);
  });

  test('that a statement changed are counted', async () => {
    expect(await run('create table counted as select * from range(7) as r(n)')).toBe(7);
    expect(await run('insert into counted select 1 from range(3)')).toBe(3);
    expect(await run('update counted set n = n + 1 where n = 1')).toBe(4);
    expect(await run('delete from counted where n < 0')).toBe(0);
  });

  test('take bindings of every kind', async () => {
    const {
      rows: [row],
    } = await scratch.session.query('select $1 as a, $2 as b, $3 as c, $4 as d, $5 as e', [
      "it's",
      1.5,
      9007199254740993n,
      false,
      null,
    ]);
    expect(row).toEqual({ a: "it's", b: 1.5, c: 9007199254740993n, d: false, e: null });
  });
});

describe('a statement that is wrong', () => {
  test.each([
    ["select 'é😀', wrong from range(1)", 'wrong'],
    ['select *\nfrom nowhere', 'nowhere'],
    ['select 1 from range(1) grou by 1', 'by'],
    ["select 1 as a where '😀' = '😀' and nofunction(1)", 'nofunction'],
    ["select cast('x' as integer)", "cast('x'"],
  ])('%j is shown at %j', async (sql, place) => {
    const error = await errorOf(scratch.session.query(sql));
    expect(error.kind).toBe('statement');
    expect(error.sql).toBe(sql);
    expect(sql.slice(error.position)).toMatch(new RegExp(`^${place.replace(/[()]/g, '\\$&')}`));
    expect(error.message).not.toMatch(/[{}]|LINE 1/);
  });

  test('has its candidates as a hint', async () => {
    const error = await errorOf(scratch.session.query('select countr from (select 1 as country)'));
    expect(error.message).toBe('Referenced column "countr" not found in FROM clause!');
    expect(error.hint).toContain('country');
  });
});

describe('a transaction', () => {
  test('commits what its work did', async () => {
    expect(
      await scratch.session.transaction(async () => {
        await run('create table committed as select 1 as a');
        return 'done';
      }),
    ).toBe('done');
    expect(await rows('select a from committed')).toEqual([{ a: 1 }]);
  });

  test('is rolled back whole when its work fails, DDL too', async () => {
    await run('create table before_failure as select 1 as a');
    await expect(
      scratch.session.transaction(async () => {
        await run('create table half as select 1 as a');
        await run('insert into before_failure values (2)');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await rows("select table_name from duckdb_tables() where table_name = 'half'")).toEqual([]);
    expect(await rows('select a from before_failure')).toEqual([{ a: 1 }]);
  });

  test('is rolled back when a statement failed, even if its work hid that', async () => {
    await expect(
      scratch.session.transaction(async () => {
        await run('create table hidden as select 1 as a');
        await run('select wrong').catch(() => undefined);
      }),
    ).rejects.toMatchObject({ kind: 'statement' });
    expect(await rows("select table_name from duckdb_tables() where table_name = 'hidden'")).toEqual([]);
    await scratch.session.transaction(() => run('select 1'));
  });

  test.each([
    ['an update', 'update contested set n = n + 1'],
    ['a table of the same name', 'create table fresh as select 1 as a'],
    ['a view that both replace', 'create or replace view contested_view as select 2 as a'],
  ])('that meets %s of another transaction is transient', async (_, sql) => {
    await run('create or replace table contested as select 1 as n');
    await run('create or replace view contested_view as select 1 as a');
    await run('drop table if exists fresh');
    const other = await scratch.warehouse.open();
    const error = await scratch.session.transaction(async () => {
      await run(sql);
      return errorOf(other.transaction(() => other.execute(sql)));
    });
    expect(error.kind).toBe('transient');
    await other.close();
  });

  test('that loses at its commit is transient', async () => {
    await run('create or replace table altered as select 1 as n');
    const other = await scratch.warehouse.open();
    const error = await errorOf(
      other.transaction(async () => {
        await other.execute('insert into altered values (2)');
        await run('alter table altered add column m integer');
      }),
    );
    expect(error.kind).toBe('transient');
    expect(await rows('select n from altered')).toEqual([{ n: 1 }]);
    await other.close();
  });
});

describe('cancelling', () => {
  const endless =
    'select count(*) from range(1000000000) as a(x), range(1000000) as b(y) where x * y % 7 = 3';

  test('stops the running statement and leaves the session usable', async () => {
    for (const delay of [0, 1, 30]) {
      const statement = errorOf(scratch.session.query(endless));
      await sleep(delay);
      await scratch.session.cancel();
      expect((await statement).kind).toBe('cancelled');
      expect(await rows('select 1 as a')).toEqual([{ a: 1 }]);
    }
  });

  test('an idle session does nothing to its next statement', async () => {
    await scratch.session.cancel();
    expect(await rows('select 1 as a')).toEqual([{ a: 1 }]);
  });

  test('in a transaction rolls it back', async () => {
    const work = scratch.session.transaction(async () => {
      await run('create table cancelled as select 1 as a');
      await run(`create table endless as ${endless}`);
    });
    const failed = errorOf(work);
    await sleep(50);
    await scratch.session.cancel();
    expect((await failed).kind).toBe('cancelled');
    expect(await rows("select table_name from duckdb_tables() where table_name = 'cancelled'")).toEqual([]);
  });

  test('other sessions go on', async () => {
    const other = await scratch.warehouse.open();
    const slow = other.query('select count(*) as n from range(30000000) as a(x) where x % 7 = 3');
    const statement = errorOf(scratch.session.query(endless));
    await sleep(10);
    await scratch.session.cancel();
    expect((await statement).kind).toBe('cancelled');
    expect((await slow).rows).toEqual([{ n: 4285714n }]);
    await other.close();
  });

  test('happens to a statement that runs when the session is closed', async () => {
    const other = await scratch.warehouse.open();
    const statement = errorOf(other.query(endless));
    await other.close();
    expect((await statement).kind).toBe('cancelled');
    await other.close();
  });
});
