import { describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { readSchemas } from '../../src/store/catalog.ts';
import { dropEnvironment, refuseWhileDropped } from '../../src/store/drop-environment.ts';
import { environmentOf, environmentsAmong } from '../../src/store/environment.ts';
import { listEnvironments } from '../../src/store/environments.ts';
import { publish } from '../../src/store/publish.ts';
import { endRun, recordPlan, startRun } from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import { readStoreState } from '../../src/store/store-state.ts';
import { openRedshift } from '../../src/warehouse/redshift/redshift-warehouse.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import { interceptStatements } from '../support/statements.ts';
import {
  build,
  describeOnPostgres,
  describeShared,
  describeStores,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  RUN,
  relationsIn,
  SCHEMA,
  storeOn,
  wanted,
} from './open-store.ts';

describe('the names of environments', () => {
  it('lead to schemas', () => {
    expect(environmentOf('analytics', 'default')).toEqual({
      name: 'default',
      schema: 'analytics',
      store: 'analytics__store',
    });
    expect(environmentOf('analytics', 'pr_42')).toEqual({
      name: 'pr_42',
      schema: 'analytics__pr_42',
      store: 'analytics__pr_42__store',
    });
  });

  it('are found again among the schemas of a database', () => {
    const stores = ['analytics__store', 'analytics__pr_42__store', 'analytics__a__b__store', 'other__store'];
    const schemas = ['main', 'analytics', 'analytics__raw', 'analytics__default__store', ...stores];
    expect(environmentsAmong('analytics', schemas).map(({ name }) => name)).toEqual(['default', 'pr_42']);
  });
});

describeStores('environments', (openStore) => {
  it('are listed with what they show', async () => {
    await using store = await openStore();
    await publishInto(store, 'pr_42');
    expect(await listEnvironments(store.session, store.dialect, SCHEMA)).toMatchObject([
      { environment: { name: 'default' }, sequence: 0, relations: 0, versions: 0, publishedAt: null },
      { environment: { name: 'pr_42' }, sequence: 1, relations: 2, versions: 1 },
    ]);
  });

  it('are dropped with their schemas, but a schema that holds something else stays', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    await session.execute('create table analytics__pr_42_mart.theirs as select 1 as n');
    const warnings: string[] = [];
    const warn = ({ code, message }: Diagnostic) => warnings.push(`${code} ${message}`);
    await dropEnvironment(session, dialect, { ...dropOf('pr_42'), warn });
    expect(warnings.join()).toMatch(/^STO-022 .*"analytics__pr_42_mart".*analytics__pr_42_mart\.theirs/);
    expect(await relationsIn(store, 'analytics__pr_42_mart')).toEqual(['table theirs']);
    const schemas = await readSchemas(session, dialect);
    expect(schemas.filter((schema) => schema.includes('pr_42'))).toEqual(['analytics__pr_42_mart']);
  });

  it('can be listed and dropped when they have lost their state', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    await session.execute('create schema analytics__pr_9__store');
    const listed = await listEnvironments(session, dialect, SCHEMA);
    expect(listed.map(({ environment, versions }) => [environment.name, versions])).toEqual([
      ['default', 0],
      ['pr_9', 0],
    ]);
    await dropEnvironment(session, dialect, dropOf('pr_9'));
    expect((await listEnvironments(session, dialect, SCHEMA)).length).toBe(1);
  });

  it('are not dropped by mistake', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const drop = (name: string, force = false) =>
      dropEnvironment(session, dialect, { ...dropOf(name), force });
    await expect(drop('pr_1')).rejects.toThrow('STO-002');
    await expect(drop('default')).rejects.toThrow('STO-003');
    const version = await build(store, 'daily', 'k', 'select 1 as n');
    const pr = environmentOf(SCHEMA, 'pr_42');
    await ensureStore(session, dialect, pr);
    await publish({
      session,
      dialect,
      environment: pr,
      plan: planOf([wanted(entryFor(pr, version), null)]),
      warn: neverWarns,
    });
    await expect(drop('default', true)).rejects.toThrow(/STO-004.*pr_42/);
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    await drop('pr_42');
    await drop('default', true);
    expect(await readSchemas(session, dialect)).not.toContain(environment.store);
  });

  it('are not dropped while a run is at work with them, and soon after when the drop may wait', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    const pr = environmentOf(SCHEMA, 'pr_42');
    const drop = (waitMs = 0) => dropEnvironment(session, dialect, { ...dropOf('pr_42'), waitMs });
    await expect(drop()).rejects.toThrow(/STO-018.*build \(run_1\)/);
    await recordPlan(session, environment.store, RUN.runId, { tokens: {}, pins: [] });
    const run = { runId: 'run_2', process: RUN.process, command: 'run', gitCommit: null };
    await startRun(session, dialect, pr.store, run);
    await expect(drop()).rejects.toThrow(/STO-018.*run \(run_2\)/);
    const other = await store.warehouse.open();
    setTimeout(() => endRun(other, dialect, pr.store, run.runId, 'succeeded'), 100);
    await drop(20_000);
    expect(await readSchemas(session, dialect)).not.toContain(pr.store);
  });

  it('refuse runs that begin while they are dropped', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    const other = await warehouse.open();
    let refusal: Promise<unknown> | undefined;
    const begin = async () => {
      const pr = environmentOf(SCHEMA, 'pr_42');
      const request = { environment: pr, base: undefined, schema: SCHEMA, schemas: [] };
      refuseWhileDropped(await readStoreState(other, dialect, request), dialect, RUN.process);
    };
    const beginWhileDropped = async (sql: string) => {
      if (refusal !== undefined || !DROP.test(sql)) return;
      refusal = begin().catch(String);
      await refusal;
    };
    await interceptStatements(beginWhileDropped, () => dropEnvironment(session, dialect, dropOf('pr_42')));
    expect(await refusal).toContain('STO-020');
  });

  it('look again for runs after they have said that they are still being dropped', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    const other = await store.warehouse.open();
    let hasBegun = false;
    const beginBeforeBeat = async (sql: string) => {
      if (hasBegun || !/update .*heartbeat_at/s.test(sql)) return;
      hasBegun = true;
      const run = { runId: 'run_2', process: RUN.process, command: 'run', gitCommit: null };
      await startRun(other, dialect, environmentOf(SCHEMA, 'pr_42').store, run);
    };
    const dropped = interceptStatements(beginBeforeBeat, () =>
      dropEnvironment(session, dialect, dropOf('pr_42')),
    );
    await expect(dropped).rejects.toThrow(/STO-018.*run \(run_2\)/);
    expect(await relationsIn(store, 'analytics__pr_42')).toEqual(['view daily']);
  });

  it('are dropped in the end, wherever a drop before was killed', async () => {
    for (let survived = 0, isOver = false; !isOver; survived++) {
      await using store = await openStore();
      const { session, dialect, environment } = store;
      await publishInto(store, 'pr_42');
      await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
      let drops = 0;
      let isKilled = false;
      const kill = (sql: string) => {
        if (DROP.test(sql) && drops++ === survived) isKilled = true;
        if (isKilled && !/^rollback/i.test(sql)) throw new Error('killed');
      };
      const killed = interceptStatements(kill, () => dropEnvironment(session, dialect, dropOf('pr_42')));
      isOver = (await killed.catch(() => 'killed')) === undefined;
      if (!isOver)
        await dropEnvironment(session, dialect, { ...dropOf('pr_42'), run: { ...RUN, runId: 'drop_2' } });
      const schemas = await readSchemas(session, dialect);
      expect(schemas.filter((schema) => schema.includes('pr_42'))).toEqual([]);
    }
  });
});

/** Some engines are told whose a statement is. */
const DROP = /^(?:\/\*.*\*\/\s*)?drop /;

function dropOf(name: string) {
  const run = { ...RUN, runId: 'drop_1' };
  return { schema: SCHEMA, name, force: false, run, waitMs: 0, warn: neverWarns };
}

describeShared('an environment whose drop waits', (openStore) => {
  it('still refuses runs that begin when it has waited for longer than a run is taken for alive', async () => {
    await using store = await openStore();
    const { session, dialect, warehouse } = store;
    await publishInto(store, 'pr_42');
    const pr = environmentOf(SCHEMA, 'pr_42');
    const other = await warehouse.open();
    const stop = new AbortController();
    const request = { ...dropOf('pr_42'), waitMs: 60_000, signal: stop.signal };
    const dropped = dropEnvironment(session, dialect, request).catch((error: Error) => error.name);
    const state = () =>
      readStoreState(other, dialect, { environment: pr, base: undefined, schema: SCHEMA, schemas: [] });
    const isRecorded = async () => (await state()).own.runs.some(({ runId }) => runId === 'drop_1');
    await vi.waitUntil(isRecorded, { timeout: 10_000, interval: 100 });
    await other.execute(
      `update ${pr.store}._run set heartbeat_at = timestamp '2024-01-01 00:00:00' where run_id = 'drop_1'`,
    );
    const refusesRuns = async () => {
      const seen = await state();
      try {
        refuseWhileDropped(seen, dialect, 'another process');
        return false;
      } catch (error) {
        return String(error).includes('STO-020');
      }
    };
    await vi.waitUntil(refusesRuns, { timeout: 10_000, interval: 100 });
    stop.abort();
    expect(await dropped).toBe('AbortError');
  });
});

describeRedshift('an environment on the stand-in for Redshift', (redshift) => {
  it('is dropped although a drop was stopped by a time limit at first', async () => {
    await redshift.clear();
    await using store = await storeOn(await openRedshift(redshift.settings, { threads: 2 }));
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    let stops = 0;
    const stopTwice = (sql: string) => {
      if (!DROP.test(sql) || ++stops > 2) return;
      throw Object.assign(new Error("Query (150) canceled on user's request"), {
        severity: 'ERROR',
        code: '57014',
      });
    };
    await interceptStatements(stopTwice, () => dropEnvironment(session, dialect, dropOf('pr_42')));
    expect(stops).toBeGreaterThan(2);
    const schemas = await readSchemas(session, dialect);
    expect(schemas.filter((schema) => schema.includes('pr_42'))).toEqual([]);
  });
});

describeOnPostgres('an environment with a function of people’s own in its schema', (openStore) => {
  it('is dropped, but for that schema, with a warning', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    await session.execute(`create function analytics__pr_42.f() returns int language sql as 'select 1'`);
    const warnings: string[] = [];
    const warn = ({ code, message }: Diagnostic) => warnings.push(`${code} ${message}`);
    await dropEnvironment(session, dialect, { ...dropOf('pr_42'), warn });
    expect(warnings.join()).toMatch(/^STO-022 The schema "analytics__pr_42" .*depend/);
    const schemas = await readSchemas(session, dialect);
    expect(schemas.filter((schema) => schema.includes('pr_42'))).toEqual(['analytics__pr_42']);
    expect(await relationsIn(store, 'analytics__pr_42')).toEqual([]);
    await expect(dropEnvironment(session, dialect, dropOf('pr_42'))).rejects.toThrow('STO-002');
  });
});

describeOnPostgres('an environment with a view of people’s own on it', (openStore) => {
  it('is not dropped, and nothing of it is', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await publishInto(store, 'pr_42');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    await session.execute('create schema people');
    await session.execute('create view people.mine as select n from analytics__pr_42.daily');
    await expect(dropEnvironment(session, dialect, dropOf('pr_42'))).rejects.toThrow(/STO-019.*people\.mine/);
    expect(await relationsIn(store, 'analytics__pr_42')).toEqual(['view daily']);
  });
});

/** Publishes one version twice in an environment: in its schema and in a custom one. */
async function publishInto(store: OpenStore, name: string): Promise<void> {
  const { session, dialect } = store;
  const environment = environmentOf(SCHEMA, name);
  await ensureStore(session, dialect, environment);
  const version = await build({ ...store, environment }, 'daily', 'k', 'select 1 as n');
  const custom = { schema: `${environment.schema}_mart`, name: 'daily' };
  const plan = planOf([
    wanted(entryFor(environment, version), null),
    wanted(entryFor(environment, version, { relation: custom }), null),
  ]);
  await publish({ session, dialect, environment, plan, warn: neverWarns });
}
