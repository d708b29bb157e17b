import { expect, it } from 'vitest';
import { environmentOf } from '../../src/store/environment.ts';
import { markerText } from '../../src/store/marker.ts';
import { prepareTable } from '../../src/store/prepare-table.ts';
import { readPublication } from '../../src/store/publication.ts';
import { publish } from '../../src/store/publish.ts';
import type { PublishPlan, RetiredEntry } from '../../src/store/publish-plan.ts';
import { publishedSelect } from '../../src/store/published-select.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import {
  build,
  commentsOn,
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

/** Publications of each session, where several publish at once. */
const ROUNDS = process.env['MODEL_TEST_SIZE'] === 'full' ? 10 : 4;

describeStores('publishing', (openStore) => {
  it('casts every column to its pinned type, in the order of the entry', async () => {
    await using store = await openStore();
    const columns = [
      { name: 'day', type: 'DATE', description: '' },
      { name: 'mrr', type: 'DECIMAL(18,2)', description: '' },
    ];
    const select = publishedSelect(store.dialect, {
      version: { schema: 'analytics__store', name: 'daily__1' },
      columns,
    });
    expect(select).toBe(
      [
        'select',
        '  cast(day as DATE) as day,',
        '  cast(mrr as DECIMAL(18,2)) as mrr',
        'from analytics__store.daily__1',
      ].join('\n'),
    );
  });

  it('shows a version through a view with its comments, and nothing happens the second time', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', `select date '2025-01-01' as day, 7 as dau`);
    const columns = version.columns.map((column) => ({ ...column, description: `the ${column.name}` }));
    const entry = entryFor(environment, version, { description: 'One row a day.', columns });
    const plan = planOf([wanted(entry, null)]);
    const first = await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(first).toMatchObject({ sequence: 1, published: ['model.shop.daily'], superseded: [] });
    expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ day: '2025-01-01', dau: 7 }]);
    expect(await comments(store)).toEqual(['One row a day.', 'the day', 'the dau']);
    const second = await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(second).toEqual({
      sequence: null,
      published: [],
      unchanged: ['model.shop.daily'],
      superseded: [],
    });
  });

  it('changes comments alone without another version, and empties those that are gone', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as dau');
    const entry = entryFor(environment, version, { description: 'Old words.' });
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    const renamed = entryFor(environment, version, { description: 'New words.' });
    const outcome = await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(renamed, version.relation)]),
      warn: neverWarns,
    });
    expect(outcome.sequence).toBe(2);
    expect((await comments(store))[0]).toBe('New words.');
    const silent = entryFor(environment, version);
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(silent, version.relation)]),
      warn: neverWarns,
    });
    expect((await comments(store))[0]).toBe('');
  });

  it('renames a prepared table into place, and leaves neither __next nor __old behind', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const one = await build(store, 'tall', 'k1', 'select 1 as n');
    const two = await build(store, 'tall', 'k2', 'select 2 as n');
    for (const [version, saw] of [
      [one, null],
      [two, one.relation],
    ] as const) {
      const entry = entryFor(environment, version, { publish: 'table', description: 'Tall.' });
      await prepareTable(session, dialect, entry);
      await publish({ session, dialect, environment, plan: planOf([wanted(entry, saw)]), warn: neverWarns });
    }
    expect(await rowsOf(session, 'select * from analytics.tall')).toEqual([{ n: 2 }]);
    expect(await relations(store)).toEqual(['table tall']);
    expect(await comments(store, 'tall')).toEqual([
      `Tall.\n\nVersion: analytics__store.${two.relation.name}`,
      '',
    ]);
  });

  it('copies a table in its transaction where nobody has prepared it, or another version was prepared', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const one = await build(store, 'tall', 'k1', 'select 1 as n');
    const two = await build(store, 'tall', 'k2', 'select 2 as n');
    await prepareTable(session, dialect, entryFor(environment, one, { publish: 'table' }));
    const entry = entryFor(environment, two, { publish: 'table' });
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    expect(await rowsOf(session, 'select * from analytics.tall')).toEqual([{ n: 2 }]);
    expect(await relations(store)).toEqual(['table tall']);
  });

  it('drops the replaced table that a killed publish left, also when nothing is to be published', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'tall', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version, { publish: 'table' });
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    const old = { schema: SCHEMA, name: 'tall__old' };
    await session.execute('create table analytics.tall__old as select 0 as n');
    const plan = planOf([wanted(entry, version.relation)]);
    await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(await relations(store)).toEqual(['table tall', 'table tall__old']);

    await session.execute(dialect.commentOnRelation('table', old, markerText({ role: 'old' })));
    const second = await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(second.sequence).toBeNull();
    expect(await relations(store)).toEqual(['table tall']);
  });

  it('switches a node from view to table and back', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'tall', 'k1', 'select 1 as n');
    let saw = null as typeof version.relation | null;
    for (const kind of ['view', 'table', 'view'] as const) {
      const entry = entryFor(environment, version, { publish: kind });
      await publish({ session, dialect, environment, plan: planOf([wanted(entry, saw)]), warn: neverWarns });
      expect(await relations(store)).toEqual([`${kind} tall`]);
      saw = version.relation;
    }
    expect(await rowsOf(session, 'select * from analytics.tall')).toEqual([{ n: 1 }]);
  });

  it('refuses a name that is somebody else’s, and keeps the adopted table aside', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await session.execute('create schema analytics');
    await session.execute('create table analytics.DAILY as select 42 as theirs');
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version);
    const refused = publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entry, null)]),
      warn: neverWarns,
    });
    await expect(refused).rejects.toThrow('STO-005');
    expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ theirs: 42 }]);
    const adopting = planOf([{ ...wanted(entry, null), adopt: true }]);
    await publish({ session, dialect, environment, plan: adopting, warn: neverWarns });
    expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ n: 1 }]);
    expect(await rowsOf(session, 'select * from analytics.daily__adopted')).toEqual([{ theirs: 42 }]);
  });

  it('refuses a version that was dropped, and publishes nothing else with it', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const gone = await build(store, 'gone', 'k1', 'select 1 as n');
    const here = await build(store, 'here', 'k2', 'select 1 as n');
    await session.execute(dialect.dropTable(gone.relation));
    const plan = planOf([gone, here].map((version) => wanted(entryFor(environment, version), null)));
    await expect(publish({ session, dialect, environment, plan, warn: neverWarns })).rejects.toThrow(
      'STO-006',
    );
    expect(await relations(store)).toEqual([]);
    expect(await readPublication(session, dialect, environment.store, 1)).toBeUndefined();
  });

  it('makes a published view again that somebody dropped', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version);
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    await session.execute('drop view analytics.daily');
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entry, version.relation)]),
      warn: neverWarns,
    });
    expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ n: 1 }]);
  });

  it('does not take a table for its view that somebody put in its place', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version);
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    await session.execute('drop view analytics.daily');
    await session.execute('create table analytics.daily as select 42 as theirs');
    const plan = planOf([wanted(entry, version.relation)]);
    await expect(publish({ session, dialect, environment, plan, warn: neverWarns })).rejects.toThrow(
      'STO-005',
    );
    expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ theirs: 42 }]);
  });

  it('publishes environments beside each other, one showing the other’s version', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const pr = environmentOf(SCHEMA, 'pr_42');
    await ensureStore(session, dialect, pr);
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    for (const target of [environment, pr]) {
      await publish({
        session,
        dialect,
        environment: target,
        plan: planOf([wanted(entryFor(target, version), null)]),
        warn: neverWarns,
      });
    }
    expect(await rowsOf(session, 'select * from analytics__pr_42.daily')).toEqual([{ n: 1 }]);
  });
});

describeStores('a plan that is no longer up to date', (openStore) => {
  for (const [first, second] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    it(`leaves the ${second} run’s node superseded when run ${first} published it first`, async () => {
      await using store = await openStore();
      const { session, dialect, environment } = store;
      const old = await build(store, 'daily', 'old', 'select 0 as n');
      await publish({
        session,
        dialect,
        environment,
        plan: planOf([wanted(entryFor(environment, old), null)]),
        warn: neverWarns,
      });
      const plans = {
        a: planOf([
          wanted(entryFor(environment, await build(store, 'daily', 'a', 'select 1 as n')), old.relation),
        ]),
        b: planOf([
          wanted(entryFor(environment, await build(store, 'daily', 'b', 'select 2 as n')), old.relation),
          wanted(entryFor(environment, await build(store, 'other', 'o', 'select 3 as n')), null),
        ]),
      };
      await publish({ session, dialect, environment, plan: plans[first], warn: neverWarns });
      const late = await publish({ session, dialect, environment, plan: plans[second], warn: neverWarns });
      expect(late.superseded.map(({ uniqueId }) => uniqueId)).toEqual(['model.shop.daily']);
      expect(await rowsOf(session, 'select * from analytics.daily')).toEqual([{ n: first === 'a' ? 1 : 2 }]);
      expect(await rowsOf(session, 'select * from analytics.other')).toEqual([{ n: 3 }]);
    });
  }

  it('publishes nothing at all when it asked for all or nothing', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const daily = await build(store, 'daily', 'a', 'select 1 as n');
    const other = await build(store, 'other', 'o', 'select 3 as n');
    const theirs = await build(store, 'daily', 'b', 'select 2 as n');
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entryFor(environment, theirs), null)]),
      warn: neverWarns,
    });
    const entries = [daily, other].map((version) => wanted(entryFor(environment, version), null));
    const plan = planOf(entries, { allOrNothing: true });
    const outcome = await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(outcome).toMatchObject({
      sequence: null,
      published: [],
      superseded: [{ uniqueId: 'model.shop.daily' }],
    });
    expect(await relations(store)).toEqual(['view daily']);
  });

  it('counts as published when the other run published the very same version', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'a', 'select 1 as n');
    const plan = planOf([wanted(entryFor(environment, version), null)]);
    await publish({ session, dialect, environment, plan, warn: neverWarns });
    const late = await publish({ session, dialect, environment, plan, warn: neverWarns });
    expect(late).toMatchObject({ unchanged: ['model.shop.daily'], superseded: [] });
  });

  it('loses no publication when four sessions publish at once', async () => {
    await using store = await openStore();
    const { warehouse, session, dialect, environment } = store;
    const publishers = Array.from({ length: 4 }, async (_, publisher) => {
      const own = await warehouse.open();
      for (let round = 0; round < ROUNDS; round++) {
        const version = await build(
          { ...store, session: own },
          `n_${publisher}_${round}`,
          `${publisher}.${round}`,
          'select 1 as n',
        );
        const plan = planOf([wanted(entryFor(environment, version), null)]);
        await publish({ session: own, dialect, environment, plan, warn: neverWarns });
      }
    });
    await Promise.all(publishers);
    const last = await readPublication(session, dialect, environment.store, 4 * ROUNDS);
    expect(last?.entries.size).toBe(4 * ROUNDS);
    expect((await relations(store)).length).toBe(4 * ROUNDS);
  });
});

describeStores('a node that has left the project', (openStore) => {
  it('stays published, frozen, and goes when its time is over', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entryFor(environment, version), null)]),
      warn: neverWarns,
    });
    const relation = { schema: 'analytics', name: 'daily' };
    const saw = { version: version.relation, retiredAt: null };
    const retire = planOf([], { retired: [{ relation, saw, remove: false }] });
    expect(await publish({ session, dialect, environment, plan: retire, warn: neverWarns })).toMatchObject({
      sequence: 2,
      published: [],
    });
    expect(await publish({ session, dialect, environment, plan: retire, warn: neverWarns })).toMatchObject({
      sequence: null,
    });
    const publication = await readPublication(session, dialect, environment.store, 2);
    expect([...(publication?.entries.values() ?? [])][0]?.retiredAt).toBe(publication?.publishedAt);
    expect(await relations(store)).toEqual(['view daily']);
    const frozen = { ...saw, retiredAt: publication?.publishedAt ?? '' };
    const remove = planOf([], { retired: [{ relation, saw: frozen, remove: true }] });
    await publish({ session, dialect, environment, plan: remove, warn: neverWarns });
    expect(await relations(store)).toEqual([]);
    const after = await readPublication(session, dialect, environment.store, 3);
    expect(after?.entries.size).toBe(0);
  });

  it('stays when its time is over for one run, and another has published it again or anew meanwhile', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const first = entryFor(environment, await build(store, 'daily', 'k1', 'select 1 as n'));
    const second = entryFor(environment, await build(store, 'daily', 'k2', 'select 2 as n'));
    const { relation } = first;
    const run = async (plan: PublishPlan) =>
      publish({ session, dialect, environment, plan, warn: neverWarns });
    const late = (saw: RetiredEntry['saw'], remove: boolean) =>
      run(planOf([], { retired: [{ relation, saw, remove }] }));
    await run(planOf([wanted(first, null)]));
    await late(first, false);
    const retired = { ...first, retiredAt: '2024-01-01 00:00:00' };
    await run(planOf([wanted(first, first.version)]));
    expect(await late(retired, true)).toMatchObject({ sequence: null });
    await run(planOf([wanted(second, first.version)]));
    expect(await late(retired, true)).toMatchObject({ sequence: null });
    expect(await late(first, false)).toMatchObject({ sequence: null });
    expect(await rowsOf(session, 'select n from analytics.daily')).toEqual([{ n: 2 }]);
  });

  it('is published as before when it comes back', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version);
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    const retired = [{ relation: entry.relation, saw: entry, remove: false }];
    await publish({ session, dialect, environment, plan: planOf([], { retired }), warn: neverWarns });
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entry, version.relation)]),
      warn: neverWarns,
    });
    const publication = await readPublication(session, dialect, environment.store, 3);
    expect([...(publication?.entries.values() ?? [])][0]?.retiredAt).toBeNull();
  });
});

const relations = (store: OpenStore) => relationsIn(store, SCHEMA);

/** The comment of a published relation, then those of its columns. */
const comments = (store: OpenStore, name = 'daily') => commentsOn(store, { schema: SCHEMA, name });
