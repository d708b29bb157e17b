import { describe, expect, it } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { elapsed } from '../../src/store/clock.ts';
import { environmentOf } from '../../src/store/environment.ts';
import { publish } from '../../src/store/publish.ts';
import {
  endRun,
  inheritedTokens,
  isAlive,
  type RunRecord,
  readRun,
  recordPlan,
  startHeartbeat,
  startRun,
} from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import {
  isShown,
  publishedEntry,
  readStoreState,
  reusableVersion,
  shownVersion,
} from '../../src/store/store-state.ts';
import { recordVerdicts } from '../../src/store/test-verdict.ts';
import { forgetVersions } from '../../src/store/version.ts';
import {
  build,
  describeEmbedded,
  describeStores,
  entryFor,
  neverWarns,
  planOf,
  RUN,
  SCHEMA,
  wanted,
} from './open-store.ts';

const PR = environmentOf(SCHEMA, 'pr_42');

describeStores('the state of a store', (openStore) => {
  it('is empty where there is none', async () => {
    await using store = await openStore(environmentOf('elsewhere', 'default'));
    const request = { environment: PR, base: environmentOf(SCHEMA, 'default'), schema: SCHEMA, schemas: [] };
    const state = await readStoreState(store.session, store.dialect, request);
    expect(state.own).toMatchObject({ sequence: 0, publication: undefined, lost: [] });
    expect(state.loads).toEqual([]);
  });

  it('finds versions and publications here, else in the base', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await ensureStore(session, dialect, PR);
    const both = await build(store, 'both', 'k1', 'select 1 as n');
    const own = await build({ ...store, environment: PR }, 'both', 'k1', 'select 1 as n');
    const base = await build(store, 'base', 'k2', 'select 1 as n');
    const entries = [both, base].map((version) => wanted(entryFor(environment, version), null));
    await publish({ session, dialect, environment, plan: planOf(entries), warn: neverWarns });
    await publish({
      session,
      dialect,
      environment: PR,
      plan: planOf([wanted(entryFor(PR, own), null)]),
      warn: neverWarns,
    });
    const request = { environment: PR, base: environment, schema: SCHEMA, schemas: [] };
    const state = await readStoreState(session, dialect, request);
    expect(reusableVersion(state, 'k1')).toEqual(own);
    expect(reusableVersion(state, 'k2')).toEqual(base);
    expect(reusableVersion(state, 'k3')).toBeUndefined();
    expect(publishedEntry(state, entryFor(PR, own))?.version).toEqual(own.relation);
    expect(publishedEntry(state, entryFor(environment, base))?.version).toEqual(base.relation);
    expect(shownVersion(state, dialect, { schema: PR.schema, name: 'both' })).toEqual(own.relation);
    expect(shownVersion(state, dialect, { schema: PR.schema, name: 'base' })).toBeNull();
    expect(isShown(state, dialect, entryFor(PR, own))).toBe(true);
    expect(isShown(state, dialect, entryFor(PR, own, { publish: 'table' }))).toBe(false);
    expect(isShown(state, dialect, entryFor(PR, base))).toBe(false);
  });

  it('does not offer a version that somebody dropped, and lets it be built again', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'daily', 'k1', 'select 1 as n');
    await session.execute(dialect.dropTable(version.relation));
    const request = { environment, base: undefined, schema: SCHEMA, schemas: [] };
    const state = await readStoreState(session, dialect, request);
    expect(reusableVersion(state, 'k1')).toBeUndefined();
    expect(state.own.lost).toEqual([version]);
    await forgetVersions(session, dialect, environment.store, [version.relation]);
    expect((await build(store, 'daily', 'k1', 'select 1 as n')).relation).not.toEqual(version.relation);
  });

  it('knows how tests ended, each key once', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const test = { key: 't1', uniqueId: 'test.shop.unique', runId: RUN.runId };
    const passed = { ...test, verdict: 'pass', failures: 0 } as const;
    const warned = { ...test, key: 't2', verdict: 'warn', failures: 7 } as const;
    await recordVerdicts(session, dialect, environment.store, [passed, passed, warned]);
    await recordVerdicts(session, dialect, environment.store, [passed, { ...passed, key: 't3' }]);
    const request = { environment, base: undefined, schema: SCHEMA, schemas: [] };
    const state = await readStoreState(session, dialect, request);
    expect([...state.verdicts.keys()].sort()).toEqual(['t1', 't2', 't3']);
    expect(state.verdicts.get('t2')).toEqual(warned);
  });

  it('hands a failed run’s tokens and salts on to the next', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const tokens = { 'source.shop.crm': 'run_1' };
    await recordPlan(session, environment.store, RUN.runId, { tokens, pins: [] });
    await endRun(session, dialect, environment.store, RUN.runId, 'failed');
    await startRun(session, dialect, environment.store, {
      ...RUN,
      runId: 'run_2',
      command: 'build',
      gitCommit: null,
    });
    const request = { environment, base: undefined, schema: SCHEMA, schemas: [] };
    const failed = await readStoreState(session, dialect, request);
    expect([...failed.inheritedTokens]).toEqual([['source.shop.crm', 'run_1']]);
    await recordPlan(session, environment.store, 'run_2', { tokens, pins: [] });
    await endRun(session, dialect, environment.store, 'run_2', 'succeeded');
    const succeeded = await readStoreState(session, dialect, request);
    expect([...succeeded.inheritedTokens]).toEqual([]);
  });
});

describeStores('a run', (openStore) => {
  const shared = { ...duckdbDialect, supports: { ...duckdbDialect.supports, sharedDatabase: true } };

  it('is alive everywhere as long as its heart beats, where processes share the database', async () => {
    await using store = await openStore();
    const { session, environment, warehouse } = store;
    const shareable = {
      dialect: shared,
      engineVersion: '',
      open: () => warehouse.open(),
      close: async () => undefined,
    };
    const before = await readRun(session, environment.store, RUN.runId);
    const heartbeat = await startHeartbeat(shareable, environment.store, RUN.runId, 5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await heartbeat.stop();
    const after = await readRun(session, environment.store, RUN.runId);
    if (before === undefined || after === undefined) throw new Error('the run has begun');
    expect(elapsed(before.heartbeatAt, after.heartbeatAt)).toBeGreaterThan(0);
    const here = { now: after.heartbeatAt, dialect: shared, process: 'another', connected: undefined };
    expect(isAlive(after, here)).toBe(true);
    expect(isAlive(after, { ...here, now: '2999-01-01 00:00:00' })).toBe(false);
  });

  it('is dead after two missed beats where it is seen to have no session, and after a minute where it has', async () => {
    await using store = await openStore();
    const run = await readRun(store.session, store.environment.store, RUN.runId);
    if (run === undefined) throw new Error('the run has begun');
    const beaten = { ...run, heartbeatAt: '2025-01-01 00:00:00' };
    const alive = (now: string, connected: ReadonlySet<string> | undefined) =>
      isAlive(beaten, { now, dialect: shared, process: 'another', connected });
    expect(alive('2025-01-01 00:00:09', new Set())).toBe(true);
    expect(alive('2025-01-01 00:00:11', new Set())).toBe(false);
    expect(alive('2025-01-01 00:00:11', new Set([RUN.runId]))).toBe(true);
    expect(alive('2025-01-01 00:00:11', undefined)).toBe(true);
    expect(alive('2025-01-01 00:01:01', new Set([RUN.runId]))).toBe(false);
  });
});

describe('tokens to inherit', () => {
  const dialect = { ...duckdbDialect, supports: { ...duckdbDialect.supports, sharedDatabase: true } };
  const NOW = { now: '2025-01-02 00:00:00', process: 'this one', dialect, connected: undefined };
  const run = (
    status: RunRecord['status'],
    tokens: RunRecord['tokens'],
    startedAt = '2025-01-01 23:00:00',
  ): RunRecord => ({
    ...RUN,
    command: 'build',
    status,
    gitCommit: null,
    startedAt,
    heartbeatAt: '2025-01-01 00:00:00',
    endedAt: null,
    tokens,
    pins: null,
  });

  it('are those of the latest run that had the node, whatever other nodes did since', () => {
    const runs = [
      run('failed', { a: '1', b: '1' }),
      run('succeeded', { b: '2' }),
      run('cancelled', { c: '3' }),
    ];
    expect([...inheritedTokens(runs, NOW)]).toEqual([
      ['a', '1'],
      ['c', '3'],
    ]);
  });

  it('survive a killed run, which still says that it is running', () => {
    expect([...inheritedTokens([run('running', { a: '1' })], NOW)]).toEqual([['a', '1']]);
  });

  it('are not those of a run that is still at work, which may have read its sources long ago', () => {
    const atWork = { ...run('running', { a: '2' }), heartbeatAt: '2025-01-01 23:59:58' };
    expect([...inheritedTokens([run('failed', { a: '1', b: '1' }), atWork], NOW)]).toEqual([['b', '1']]);
  });

  it('are not those of a run that tests rejected, whose data may have been corrected since', () => {
    expect([...inheritedTokens([run('rejected', { a: '1' })], NOW)]).toEqual([]);
  });

  it('end half a day after the run that they come from, however often they were inherited', () => {
    const runs = [
      run('failed', { a: '1', b: '1' }, '2025-01-01 10:00:00'),
      run('failed', { a: '1', b: '2' }),
    ];
    expect([...inheritedTokens(runs, NOW)]).toEqual([['b', '2']]);
  });
});

describeEmbedded('a run', (openStore) => {
  it('is alive in its own process only, where one process holds the database', async () => {
    await using store = await openStore();
    const run = await readRun(store.session, store.environment.store, RUN.runId);
    const here = {
      ...{ now: '2999-01-01 00:00:00', dialect: store.dialect },
      ...{ process: RUN.process, connected: undefined },
    };
    if (run === undefined) throw new Error('the run has begun');
    expect(isAlive(run, here)).toBe(true);
    expect(isAlive(run, { ...here, process: 'another' })).toBe(false);
    expect(isAlive({ ...run, status: 'failed' }, here)).toBe(false);
  });
});
