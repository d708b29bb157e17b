import { expect, it } from 'vitest';
import { readHistory } from '../../src/store/history.ts';
import { readPublication } from '../../src/store/publication.ts';
import { publish } from '../../src/store/publish.ts';
import { rollback } from '../../src/store/rollback.ts';
import { interceptStatements } from '../support/statements.ts';
import {
  build,
  describeStores,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  relationsIn,
  rowsOf,
  SCHEMA,
  wanted,
} from './open-store.ts';

const REQUEST = { runId: 'run_9', gitCommit: null };

describeStores('a rollback', (openStore) => {
  it('shows the predecessor again, views and tables, as a new publication', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    for (const n of [1, 2]) await publishBoth(store, n);
    const outcome = await rollback(session, dialect, environment, REQUEST, neverWarns);
    expect(outcome).toMatchObject({ from: 2, restored: 1, sequence: 3 });
    expect(outcome.changed).toEqual(['model.shop.daily', 'model.shop.tall']);
    expect(await shown(store)).toEqual([{ daily: 1, tall: 1 }]);
  });

  it('to a publication with a retired relation leaves the time at which it was retired', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const entry = entryFor(environment, await build(store, 'late', 'l', 'select 1 as n'));
    const plans = [
      planOf([wanted(entry, null)]),
      planOf([], { retired: [{ relation: entry.relation, saw: entry, remove: false }] }),
      planOf([wanted(entry, entry.version)]),
    ];
    for (const plan of plans) await publish({ session, dialect, environment, plan, warn: neverWarns });
    const retiredAt = async (sequence: number) => {
      const publication = await readPublication(session, dialect, environment.store, sequence);
      return [...(publication?.entries.values() ?? [])][0]?.retiredAt;
    };
    expect(await retiredAt(3)).toBeNull();
    await rollback(session, dialect, environment, { ...REQUEST, to: 2 }, neverWarns);
    expect(await retiredAt(4)).toEqual(expect.any(String));
    expect(await retiredAt(4)).toBe(await retiredAt(2));
  });

  it('goes further back the second time, and forward with a sequence', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    for (const n of [1, 2, 3]) await publishBoth(store, n);
    await rollback(session, dialect, environment, REQUEST, neverWarns);
    expect(await rollback(session, dialect, environment, REQUEST, neverWarns)).toMatchObject({ restored: 1 });
    expect(await shown(store)).toEqual([{ daily: 1, tall: 1 }]);
    await rollback(session, dialect, environment, { ...REQUEST, to: 3 }, neverWarns);
    expect(await shown(store)).toEqual([{ daily: 3, tall: 3 }]);
    const history = await readHistory(session, environment, 10);
    expect(history.map(({ sequence, restores, current }) => [sequence, restores, current])).toEqual([
      [6, 3, true],
      [5, 1, false],
      [4, 2, false],
      [3, null, false],
      [2, null, false],
      [1, null, false],
    ]);
  });

  it('takes away what was published for the first time', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishBoth(store, 1);
    const late = await build(store, 'late', 'l', 'select 1 as n');
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entryFor(environment, late), null)]),
      warn: neverWarns,
    });
    await rollback(session, dialect, environment, REQUEST, neverWarns);
    expect(await relationsIn(store, SCHEMA)).toEqual(['view daily', 'table tall']);
    expect((await readHistory(session, environment, 1))[0]?.changes).toEqual([
      { uniqueId: 'model.shop.late', relation: 'analytics.late', change: 'removed' },
    ]);
  });

  it('is refused without a predecessor, and to a publication that never was', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await expect(rollback(session, dialect, environment, REQUEST, neverWarns)).rejects.toThrow('STO-007');
    await publishBoth(store, 1);
    await expect(rollback(session, dialect, environment, REQUEST, neverWarns)).rejects.toThrow('STO-007');
    const never = { ...REQUEST, to: 7 };
    await expect(rollback(session, dialect, environment, never, neverWarns)).rejects.toThrow('STO-008');
  });

  it('is refused when somebody publishes another relation meanwhile, and changes nothing', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    for (const n of [1, 2]) await publishBoth(store, n);
    const late = entryFor(environment, await build(store, 'late', 'l', 'select 1 as n'));
    const theirs = await store.warehouse.open();
    let isPublished = false;
    const other = async (sql: string) => {
      if (isPublished || !sql.includes('tall')) return;
      isPublished = true;
      const plan = planOf([wanted(late, null)]);
      await publish({ session: theirs, dialect, environment, plan, warn: neverWarns });
    };
    const rolledBack = interceptStatements(other, () =>
      rollback(session, dialect, environment, REQUEST, neverWarns),
    );
    await expect(rolledBack).rejects.toThrow('STO-010');
    expect(await relationsIn(store, SCHEMA)).toContain('view late');
    expect(await shown(store)).toEqual([{ daily: 2, tall: 2 }]);
  });

  it('is refused when the versions have been pruned, naming them, and changes nothing', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const first = await publishBoth(store, 1);
    await publishBoth(store, 2);
    await session.execute(dialect.dropTable(first.relation));
    const refused = rollback(session, dialect, environment, REQUEST, neverWarns);
    await expect(refused).rejects.toThrow(new RegExp(`STO-009.*${first.relation.name}`));
    expect(await shown(store)).toEqual([{ daily: 2, tall: 2 }]);
  });
});

/** Publishes `n` as a view and as a table; gives the view's version. */
async function publishBoth(store: OpenStore, n: number) {
  const { session, dialect, environment } = store;
  const saw = async (name: string) =>
    n === 1 ? null : (await build(store, name, `${name}${n - 1}`, '')).relation;
  const daily = await build(store, 'daily', `daily${n}`, `select ${n} as n`);
  const tall = await build(store, 'tall', `tall${n}`, `select ${n} as n`);
  const plan = planOf([
    wanted(entryFor(environment, daily), await saw('daily')),
    wanted(entryFor(environment, tall, { publish: 'table' }), await saw('tall')),
  ]);
  await publish({ session, dialect, environment, plan, warn: neverWarns });
  return daily;
}

async function shown({ session }: OpenStore): Promise<unknown[]> {
  return rowsOf(session, 'select daily.n as daily, tall.n as tall from analytics.daily, analytics.tall');
}
