import { expect, it } from 'vitest';
import {
  claimLoads,
  ensureLoadRows,
  forgetLoads,
  type LoadClaims,
  type PartitionClaim,
  readLoads,
} from '../../src/store/load-record.ts';
import { describeStores } from './open-store.ts';

const STORE = 'analytics__store';
const PARTITION: PartitionClaim = { partition: '', saw: null, contentHash: 'h1', rows: 3 };
const CLAIM: LoadClaims = { table: 'users', loadId: 'l1', partitions: [PARTITION] };

describeStores('a load’s claim', (openStore) => {
  it('records what a partition holds, once for the load that it saw', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await ensureLoadRows(session, dialect, STORE, 'users', ['']);
    await ensureLoadRows(session, dialect, STORE, 'users', ['']);
    expect(await claimLoads(session, dialect, STORE, CLAIM)).toBe(true);
    expect(await claimLoads(session, dialect, STORE, { ...CLAIM, loadId: 'l2' })).toBe(false);
    expect(
      await claimLoads(session, dialect, STORE, {
        ...CLAIM,
        loadId: 'l2',
        partitions: [{ ...PARTITION, saw: 'l1' }],
      }),
    ).toBe(true);
    expect(await readLoads(session, STORE)).toMatchObject([
      { table: 'users', partition: '', loadId: 'l2', rows: 3 },
    ]);
  });

  it('takes hundreds of partitions at once, each with its own content, or none of them', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    const names = Array.from({ length: 450 }, (_, day) => `day ${String(day).padStart(3, '0')}`);
    await ensureLoadRows(session, dialect, STORE, 'daily_dump', names);
    await ensureLoadRows(session, dialect, STORE, 'other', names);
    const claim = (loadId: string, saw: (day: number) => string | null): LoadClaims => ({
      ...{ table: 'daily_dump', loadId },
      partitions: names.map((partition, day) => ({
        ...{ partition, saw: saw(day), contentHash: `${loadId} ${day}`, rows: day },
      })),
    });
    expect(
      await claimLoads(
        session,
        dialect,
        STORE,
        claim('l1', () => null),
      ),
    ).toBe(true);
    const loaded = (await readLoads(session, STORE)).filter(({ table }) => table === 'daily_dump');
    expect(loaded.map(({ contentHash, rows }) => `${contentHash} ${rows}`)).toEqual(
      names.map((_, day) => `l1 ${day} ${day}`),
    );
    const other = session.transaction(async () => {
      if (
        !(await claimLoads(
          session,
          dialect,
          STORE,
          claim('l2', (day) => (day === 399 ? null : 'l1')),
        ))
      )
        throw new Error('lost');
    });
    await expect(other).rejects.toThrow('lost');
    const after = await readLoads(session, STORE);
    expect(after.filter(({ loadId }) => loadId === 'l1').length).toBe(450);
    expect(after.filter(({ table, loadId }) => table === 'other' && loadId === null).length).toBe(450);
  });

  it('is won by one of two loads that saw the same', async () => {
    await using store = await openStore();
    const { session, dialect, warehouse } = store;
    await ensureLoadRows(session, dialect, STORE, 'users', ['']);
    await session.execute('create table landed (id integer)');
    const loads = ['l1', 'l2', 'l3', 'l4'].map(async (loadId) => {
      const own = await warehouse.open();
      return own.transaction(async () => {
        if (!(await claimLoads(own, dialect, STORE, { ...CLAIM, loadId })))
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
    await ensureLoadRows(session, dialect, STORE, 'users', ['']);
    const load = session.transaction(async () => {
      await claimLoads(session, dialect, STORE, CLAIM);
      throw new Error('a bad row');
    });
    await expect(load).rejects.toThrow('a bad row');
    expect(await readLoads(session, STORE)).toMatchObject([{ loadId: null, rows: 0 }]);
  });

  it('starts from nothing after the table was made anew, but for the load that did so', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await ensureLoadRows(session, dialect, STORE, 'users', ['', 'other']);
    await claimLoads(session, dialect, STORE, CLAIM);
    await forgetLoads(session, STORE, { table: 'users', loadId: CLAIM.loadId });
    expect((await readLoads(session, STORE)).map(({ loadId }) => loadId)).toEqual([CLAIM.loadId, null]);
    await forgetLoads(session, STORE, { table: 'users', loadId: 'next' });
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
      await ensureLoadRows(await store.warehouse.open(), store.dialect, STORE, 'daily_dump', partitions);
    });
    await Promise.all(loads);
    expect((await readLoads(store.session, STORE)).length).toBe(50);
  });
});
