import { expect, it } from 'vitest';
import { readRelations } from '../../src/store/catalog.ts';
import { environmentOf } from '../../src/store/environment.ts';
import { prune } from '../../src/store/prune.ts';
import { publish } from '../../src/store/publish.ts';
import { endRun } from '../../src/store/run-record.ts';
import { readStoreState } from '../../src/store/store-state.ts';
import { readVerdicts, recordVerdicts } from '../../src/store/test-verdict.ts';
import { interceptStatements } from '../support/statements.ts';
import {
  build,
  describeOnPostgres,
  describeShared,
  describeStores,
  describeWaits,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  RUN,
  SCHEMA,
  wanted,
} from './open-store.ts';

describeStores('a state that is read while others work', (openStore) => {
  it('takes no version for lost that is built while it reads the state', async () => {
    await using store = await openStore();
    const other = { ...store, session: await store.warehouse.open() };
    const { result: state } = await onceBefore(
      /select \* from "?analytics__store"?\."?_version/,
      () => build(other, 'daily', 'k', 'select 1 as n'),
      () => readState(store),
    );
    expect(state.own.lost).toEqual([]);
    expect([...state.own.versions.keys()]).toEqual(['k']);
  });
});

describeShared('a state that is read while others publish', (openStore) => {
  it('knows every version of the publication that it reads', async () => {
    await using store = await openStore();
    const other = { ...store, session: await store.warehouse.open() };
    const { result: state } = await onceBefore(
      /select \* from "?analytics__store"?\."?_environment/,
      () => publishOne(other, 'daily', 'k'),
      () => readState(store),
    );
    const entries = [...(state.own.publication?.entries.values() ?? [])];
    expect(entries.map(({ version }) => state.catalog.find(version)?.kind)).toEqual(
      entries.map(() => 'table'),
    );
    expect(entries.map(({ relation }) => state.catalog.find(relation)?.kind)).toEqual(
      entries.map(() => 'view'),
    );
  });

  it('is of one moment when a first publication comes between its parts', async () => {
    await using store = await openStore();
    const other = { ...store, session: await store.warehouse.open() };
    const { result: state } = await onceBefore(
      /select \* from "?analytics__store"?\."?_version/,
      () => publishOne(other, 'daily', 'k'),
      () => readState(store),
    );
    expect(state.own.sequence).toBe(1);
    expect(state.catalog.find({ schema: SCHEMA, name: 'daily' })?.kind).toBe('view');
  });
});

describeWaits('a run beside others', (openStore) => {
  it('records its verdicts beside another that knows some of them', async () => {
    await using store = await openStore();
    const { dialect, environment } = store;
    const other = await store.warehouse.open();
    await onceBefore(
      /^insert into .*_verdict/,
      () => recordVerdicts(other, dialect, environment.store, [verdict('b'), verdict('c')]),
      () => recordVerdicts(store.session, dialect, environment.store, [verdict('a'), verdict('b')]),
    );
    const known = await readVerdicts(store.session, environment.store);
    expect([...known.keys()].sort()).toEqual(['a', 'b', 'c']);
  });
});

describeOnPostgres('what the catalog tells beside others', (openStore) => {
  it('is told while they make and drop views, except for definitions, which are to be asked for again', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const other = await warehouse.open();
    await other.execute('create schema analytics');
    let isOver = false;
    const changing = (async () => {
      for (let round = 0; !isOver; round++) {
        await other.execute(`create view analytics.v${round % 7} as select ${round} as n, current_date as d`);
        await other.execute(`create view analytics.w${round % 7} as select n from analytics.v${round % 7}`);
        await other.execute(`drop view analytics.w${round % 7}`);
        await other.execute(`drop view analytics.v${round % 7}`);
      }
    })();
    try {
      for (let reading = 0; reading < 500; reading++)
        await readRelations(session, dialect, [environment.schema]);
      for (let reading = 0; reading < 100; reading++) {
        await readRelations(session, dialect, [environment.schema], true).catch((error: unknown) =>
          expect(error).toMatchObject({ kind: 'transient' }),
        );
      }
    } finally {
      isOver = true;
      await changing;
    }
  });
});

describeOnPostgres('a prune beside a reader', (openStore) => {
  it('leaves a version that is being read, and lets others publish meanwhile', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const old = await build(store, 'daily', 'k', 'select 1 as n');
    await publishOne(store, 'weekly', 'k2');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    const reader = await warehouse.open();
    await reader.transaction(async () => {
      await reader.query(`select * from ${dialect.relation(old.relation)}`);
      const outcome = await prune(session, dialect, PRUNE);
      expect(outcome.dropped).toEqual([]);
      expect(outcome.refused.map(({ relation }) => relation)).toEqual([old.relation]);
    });
    expect((await prune(session, dialect, PRUNE)).dropped).toEqual([old.relation]);
  }, 20_000);
});

const PRUNE = {
  ...{ environment: environmentOf(SCHEMA, 'default'), schema: SCHEMA, keep: 1, graceMs: 0 },
  ...{ process: 'another', dryRun: false },
};

/** Does `meanwhile` once, just before the first statement that matches. */
async function onceBefore<T>(pattern: RegExp, meanwhile: () => Promise<unknown>, work: () => Promise<T>) {
  let met = false;
  const result = await interceptStatements(async (sql) => {
    if (met || !pattern.test(sql)) return;
    met = true;
    await meanwhile();
  }, work);
  expect(met).toBe(true);
  return { result };
}

function readState(store: OpenStore) {
  const { session, dialect, environment } = store;
  return readStoreState(session, dialect, { environment, base: undefined, schema: SCHEMA, schemas: [] });
}

async function publishOne(store: OpenStore, name: string, key: string) {
  const version = await build(store, name, key, 'select 1 as n');
  const { session, dialect, environment } = store;
  const plan = planOf([wanted(entryFor(environment, version), null)]);
  return publish({ session, dialect, environment, plan, warn: neverWarns });
}

function verdict(key: string) {
  return { key, uniqueId: `test.${key}`, runId: 'run_1', verdict: 'pass' as const, failures: 0 };
}
