import { describe, expect, it } from 'vitest';
import {
  claimLoad,
  ensureLoadRows,
  forgetLoads,
  type LoadClaim,
  readLoads,
} from '../../src/store/load-record.ts';
import { openStore } from './open-store.ts';

const STORE = 'analytics__store';
const CLAIM: LoadClaim = {
  table: 'users',
  partition: '',
  saw: null,
  contentHash: 'h1',
  loadId: 'l1',
  rows: 3,
};

describe('a load’s claim', () => {
  it('records what a partition holds, once for the load that it saw', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await ensureLoadRows(session, STORE, 'users', ['']);
    await ensureLoadRows(session, STORE, 'users', ['']);
    expect(await claimLoad(session, dialect, STORE, CLAIM)).toBe(true);
    expect(await claimLoad(session, dialect, STORE, { ...CLAIM, loadId: 'l2' })).toBe(false);
    expect(await claimLoad(session, dialect, STORE, { ...CLAIM, saw: 'l1', loadId: 'l2' })).toBe(true);
    expect(await readLoads(session, STORE)).toMatchObject([
      { table: 'users', partition: '', loadId: 'l2', rows: 3 },
    ]);
  });

  it('is won by one of two loads that saw the same', async () => {
    await using store = await openStore();
    const { session, dialect, warehouse } = store;
    await ensureLoadRows(session, STORE, 'users', ['']);
    await session.execute('create table landed (id integer)');
    const loads = ['l1', 'l2', 'l3', 'l4'].map(async (loadId) => {
      const own = await warehouse.open();
      return own.transaction(async () => {
        if (!(await claimLoad(own, dialect, STORE, { ...CLAIM, loadId })))
          throw new Error('another load was faster');
        await own.execute('insert into landed values (1)');
      });
    });
    const outcomes = await Promise.allSettled(loads);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect((await session.query('select * from landed')).rows.length).toBe(1);
  });

  it('is undone with its transaction', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await ensureLoadRows(session, STORE, 'users', ['']);
    const load = session.transaction(async () => {
      await claimLoad(session, dialect, STORE, CLAIM);
      throw new Error('a bad row');
    });
    await expect(load).rejects.toThrow('a bad row');
    expect(await readLoads(session, STORE)).toMatchObject([{ loadId: null, rows: 0 }]);
  });

  it('starts from nothing after the table was reset', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await ensureLoadRows(session, STORE, 'users', ['', 'other']);
    await claimLoad(session, dialect, STORE, CLAIM);
    await forgetLoads(session, STORE, 'users');
    expect((await readLoads(session, STORE)).map(({ loadId, contentHash }) => [loadId, contentHash])).toEqual(
      [
        [null, null],
        [null, null],
      ],
    );
  });

  it('rows are created once, however many loads begin at once', async () => {
    await using store = await openStore();
    const partitions = Array.from({ length: 50 }, (_, day) => `day ${day}`);
    const loads = Array.from({ length: 4 }, async () => {
      await ensureLoadRows(await store.warehouse.open(), STORE, 'daily_dump', partitions);
    });
    await Promise.all(loads);
    expect((await readLoads(store.session, STORE)).length).toBe(50);
  });
});
