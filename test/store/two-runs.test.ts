import { expect, it } from 'vitest';
import { publish } from '../../src/store/publish.ts';
import { readStoreState } from '../../src/store/store-state.ts';
import { readVerdicts, recordVerdicts } from '../../src/store/test-verdict.ts';
import { interceptStatements } from '../support/statements.ts';
import {
  build,
  describeShared,
  describeWaits,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  SCHEMA,
  wanted,
} from './open-store.ts';

describeShared('a state that is read while others work', (openStore) => {
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
