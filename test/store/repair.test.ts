import { expect, it } from 'vitest';
import { environmentOf } from '../../src/store/environment.ts';
import { readPublication } from '../../src/store/publication.ts';
import { publish } from '../../src/store/publish.ts';
import { repair } from '../../src/store/repair.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import { readVersions, type Version } from '../../src/store/version.ts';
import {
  build,
  describeStores,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  rowsOf,
  SCHEMA,
  wanted,
} from './open-store.ts';

describeStores('a repair', (openStore) => {
  it('rebuilds versions and publication after all state tables were dropped, and reuse goes on', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const before = await publishAll(store);
    for (const name of ['_version', '_environment', '_publication', '_load', '_run', '_verdict']) {
      await session.execute(`drop table analytics__store.${name}`);
    }
    const outcome = await repair(session, dialect, requestFor(store));
    expect(outcome).toEqual({ recovered: 3, lost: 0, republished: 3 });
    const versions = await readVersions(session, environment.store);
    expect(withoutDurations(versions)).toEqual(withoutDurations(before));
    const publication = await readPublication(session, dialect, environment.store, 1);
    const entries = [...(publication?.entries.values() ?? [])];
    expect(
      entries
        .map(({ uniqueId, version, publish: kind, description }) => [
          uniqueId,
          version.name,
          kind,
          description,
        ])
        .toSorted(),
    ).toEqual([
      ['model.shop.Odd "name"', before[0]?.relation.name, 'view', 'Odd.'],
      ['model.shop.daily', before[1]?.relation.name, 'view', ''],
      ['model.shop.tall', before[2]?.relation.name, 'table', 'Tall.'],
    ]);
    const next = await build(store, 'daily', 'daily2', 'select 2 as n');
    const plan = planOf([wanted(entryFor(environment, next), before[1]?.relation ?? null)]);
    expect(await publish({ session, dialect, environment, plan, warn: neverWarns })).toMatchObject({
      sequence: 2,
    });
    expect(await rowsOf(session, 'select n from analytics.daily')).toEqual([{ n: 2 }]);
  });

  it('changes nothing in a store that is whole', async () => {
    await using store = await openStore();
    await publishAll(store);
    expect(await repair(store.session, store.dialect, requestFor(store))).toEqual({
      recovered: 0,
      lost: 0,
      republished: 0,
    });
  });

  it('marks versions whose relation somebody dropped, so that they are built again', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    const [, daily] = await publishAll(store);
    if (daily === undefined) throw new Error('three were built');
    await session.execute(`${dialect.dropTable(daily.relation)} cascade`);
    expect(await repair(session, dialect, requestFor(store))).toMatchObject({ lost: 1, republished: 0 });
    const again = await build(store, 'daily', 'daily', 'select 1 as n');
    expect(again.relation.name).not.toBe(daily.relation.name);
  });

  it('does not take another environment’s views for its own, and finds the base’s versions in its own', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    const [, daily] = await publishAll(store);
    const pr = environmentOf(SCHEMA, 'pr_42');
    await ensureStore(session, dialect, pr);
    if (daily === undefined) throw new Error('three were built');
    await publish({
      session,
      dialect,
      environment: pr,
      plan: planOf([wanted(entryFor(pr, daily), null)]),
      warn: neverWarns,
    });
    for (const schema of ['analytics__store', 'analytics__pr_42__store']) {
      await session.execute(`drop table ${schema}._publication`);
    }
    expect(await repair(session, dialect, requestFor(store))).toMatchObject({ republished: 3 });
    const base = store.environment;
    const outcome = await repair(session, dialect, { ...requestFor(store), environment: pr, base });
    expect(outcome).toEqual({ recovered: 0, lost: 0, republished: 1 });
  });

  it('leaves what a target beside it has published alone, whose schema begins alike', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await publishAll(store);
    const beside = environmentOf('analytics_dev', 'default');
    await ensureStore(session, dialect, beside);
    const theirs = await build({ ...store, environment: beside }, 'daily', 'theirs', 'select 666 as n');
    const mart = { schema: 'analytics_dev_mart', name: 'daily' };
    const plan = planOf([
      wanted(entryFor(beside, theirs), null),
      wanted(entryFor(beside, theirs, { relation: mart }), null),
    ]);
    await publish({ session, dialect, environment: beside, plan, warn: neverWarns });
    await session.execute('drop table analytics__store._publication');
    expect(await repair(session, dialect, requestFor(store))).toMatchObject({ recovered: 0, republished: 3 });
    const publication = await readPublication(session, dialect, 'analytics__store', 2);
    const shown = [...(publication?.entries.values() ?? [])];
    expect(new Set(shown.map(({ relation }) => relation.schema))).toEqual(new Set(['analytics']));
  });

  it('tells nodes apart that share a version, by the names under which they are published', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const daily = await build(store, 'daily', 'daily', 'select 1 as n');
    const names = ['also', 'daily', 'twin'];
    const entries = names.map((name) =>
      entryFor(environment, daily, { uniqueId: `model.shop.${name}`, relation: { schema: SCHEMA, name } }),
    );
    const plan = planOf(entries.map((entry) => wanted(entry, null)));
    await publish({ session, dialect, environment, plan, warn: neverWarns });
    await session.execute('drop table analytics__store._publication');
    await repair(session, dialect, requestFor(store));
    const publication = await readPublication(session, dialect, environment.store, 2);
    const found = [...(publication?.entries.values() ?? [])].map(({ uniqueId, relation }) => [
      relation.name,
      uniqueId,
    ]);
    expect(found.toSorted()).toEqual(names.map((name) => [name, `model.shop.${name}`]));
  });
});

/** In order of their keys: a second of Redshift's clock holds several. */
function withoutDurations(versions: readonly Version[]) {
  return versions.map(({ durationMs, ...version }) => version).toSorted((a, b) => a.key.localeCompare(b.key));
}

function requestFor({ environment }: OpenStore) {
  return { environment, base: undefined, schema: SCHEMA, runId: 'run_9' };
}

/** Publishes two views, one of a name that needs quotes, and a table; a view of somebody else's stands beside them. */
async function publishAll(store: OpenStore) {
  const { session, dialect, environment } = store;
  const odd = await build(store, 'Odd "name"', 'odd', 'select 1 as "A b"');
  const daily = await build(store, 'daily', 'daily', 'select 1 as n');
  const tall = await build(store, 'tall', 'tall', 'select 1 as n');
  const plan = planOf([
    wanted(entryFor(environment, odd, { description: 'Odd.' }), null),
    wanted(entryFor(environment, daily), null),
    wanted(entryFor(environment, tall, { publish: 'table', description: 'Tall.' }), null),
  ]);
  await publish({ session, dialect, environment, plan, warn: neverWarns });
  await session.execute('create view analytics.theirs as select * from analytics.daily');
  return [odd, daily, tall];
}
