import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { readClock } from '../../src/store/clock.ts';
import { environmentOf } from '../../src/store/environment.ts';
import { markerText } from '../../src/store/marker.ts';
import { prepareTable } from '../../src/store/prepare-table.ts';
import { type PruneRequest, prune } from '../../src/store/prune.ts';
import { planPrune } from '../../src/store/prune-plan.ts';
import { readPublication } from '../../src/store/publication.ts';
import { publish } from '../../src/store/publish.ts';
import { endRun, recordPlan, startRun } from '../../src/store/run-record.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import { readVersions, type Version } from '../../src/store/version.ts';
import { interceptStatements } from '../support/statements.ts';
import {
  build,
  describeStores,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  RUN,
  relationsIn,
  rowsOf,
  SCHEMA,
  wanted,
} from './open-store.ts';

/** How often a prune and a publish meet. */
const ROUNDS = process.env['MODEL_TEST_SIZE'] === 'full' ? 15 : 6;

describe('the plan of a prune', () => {
  it('keeps the closure of what is shown and drops no version before those made from it', () => {
    fc.assert(
      fc.property(graphs, ({ edges, shown }) => {
        const versions = edges.map((dependencies, index) => versionOf(index, dependencies));
        const entries = new Map(shown.map((index) => [`${index}`, entryFor(DEFAULT, versionOf(index, []))]));
        const publication = {
          sequence: 1,
          runId: '',
          gitCommit: null,
          publishedAt: NOW,
          restores: null,
          entries,
        };
        const state = {
          environment: DEFAULT,
          sequence: 1,
          versions,
          publications: [publication],
          liveRuns: [],
        };
        const plan = planPrune(duckdbDialect, {
          environment: DEFAULT,
          states: [state],
          graceMs: 0,
          now: NOW,
        });
        const dropped = plan.versions.map((relation) => Number(relation.name.slice(1)));
        const needed = reachable(edges, shown);
        expect([...dropped].sort(ascending)).toEqual(
          edges.map((_, index) => index).filter((index) => !needed.has(index)),
        );
        for (const [position, index] of dropped.entries()) {
          const later = new Set(dropped.slice(position));
          const users = dropped.filter((user) => edges[user]?.includes(index));
          expect(users.filter((user) => later.has(user))).toEqual([]);
        }
      }),
    );
  });
});

describeStores('a prune', (openStore) => {
  it('drops what neither of the last two publications shows, and what only that was made from', async () => {
    await using store = await openStore();
    const versions = await publishThree(store);
    const outcome = await prune(store.session, store.dialect, request());
    expect(outcome).toEqual({
      dropped: [versions[0]?.view.relation, versions[0]?.table.relation],
      kept: 4,
      refused: [],
    });
    expect(await rowsOf(store.session, 'select n from analytics.daily')).toEqual([{ n: 3 }]);
    expect((await readVersions(store.session, store.environment.store)).length).toBe(4);
    const again = await build(store, 'stg', 'stg1', 'select 1 as n');
    expect(again.relation.name).not.toBe(versions[0]?.table.relation.name);
  });

  it('drops nothing in a dry run, and tells the same', async () => {
    await using store = await openStore();
    await publishThree(store);
    const rehearsal = await prune(store.session, store.dialect, { ...request(), dryRun: true });
    expect((await readVersions(store.session, store.environment.store)).length).toBe(6);
    const outcome = await prune(store.session, store.dialect, request());
    expect(outcome.dropped).toEqual(rehearsal.dropped);
  });

  it('spares versions that are young or were shown a moment ago', async () => {
    await using store = await openStore();
    await publishThree(store);
    const outcome = await prune(store.session, store.dialect, { ...request(), graceMs: 3_600_000 });
    expect(outcome.dropped).toEqual([]);
  });

  it('spares what another environment shows, and what a live run of any is pinned to', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    const versions = await publishThree(store);
    const pr = environmentOf(SCHEMA, 'pr_42');
    await ensureStore(session, dialect, pr);
    const first = versions[0];
    if (first === undefined) throw new Error('three were built');
    await publish({
      session,
      dialect,
      environment: pr,
      plan: planOf([wanted(entryFor(pr, first.view), null)]),
      warn: neverWarns,
    });
    expect((await prune(session, dialect, request())).dropped).toEqual([]);
    expect(await rowsOf(session, 'select n from analytics__pr_42.daily')).toEqual([{ n: 1 }]);
  });

  it('spares what another has built since a live run began, which may have taken it', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const run = { runId: 'run_2', process: RUN.process };
    await startRun(session, dialect, environment.store, { ...run, command: 'build', gitCommit: null });
    await recordPlan(session, environment.store, run.runId, { tokens: {}, pins: [] });
    const [first] = await publishThree(store);
    expect((await prune(session, dialect, request())).dropped).toEqual([]);
    await endRun(session, dialect, environment.store, run.runId, 'succeeded');
    expect((await prune(session, dialect, request())).dropped).toEqual([
      first?.view.relation,
      first?.table.relation,
    ]);
  });

  it('spares what a live run is pinned to, and all while a run is planning', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const versions = await publishThree(store);
    await nextTick(store);
    const run = { runId: 'run_2', process: RUN.process };
    await startRun(session, dialect, environment.store, { ...run, command: 'build', gitCommit: null });
    expect((await prune(session, dialect, request())).dropped).toEqual([]);
    const pins = versions.slice(0, 1).map(({ table }) => table.relation);
    await recordPlan(session, environment.store, run.runId, { tokens: {}, pins });
    expect((await prune(session, dialect, request())).dropped).toEqual([versions[0]?.view.relation]);
    await endRun(session, dialect, environment.store, run.runId, 'succeeded');
    expect((await prune(session, dialect, request())).dropped).toEqual(pins);
  });

  it('and a publish of the same version at once leave no view without its version', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const pruner = await warehouse.open();
    let published = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const old = await build(store, 'old', `old ${round}`, `select ${round} as n`);
      const shown = (await readPublication(session, dialect, environment.store, published))?.entries.get(
        'analytics.old',
      );
      const plan = planOf([wanted(entryFor(environment, old), shown?.version ?? null)]);
      await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
      const [publishing] = await Promise.allSettled([
        publish({ session, dialect, environment, plan, warn: neverWarns }),
        prune(pruner, dialect, { ...request(), keep: 1 }),
      ]);
      if (publishing.status === 'fulfilled') published++;
      else expect(String(publishing.reason)).toContain('STO-006');
      if (published > 0) await session.query('select n from analytics.old');
    }
    expect(published).toBeGreaterThan(0);
  });

  it('and the first publish, begun while it drops the version, leave no view without its version', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const version = await build(store, 'old', 'k1', 'select 1 as n');
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    const pruner = await warehouse.open();
    const plan = planOf([wanted(entryFor(environment, version), null)]);
    let publishing: Promise<unknown> | undefined;
    await interceptStatements(
      async (sql) => {
        if (!sql.startsWith('drop table') || publishing !== undefined) return;
        const publication = { session, dialect, environment, plan, warn: neverWarns };
        publishing = publish(publication).catch((error: unknown) => String(error));
        await new Promise((resolve) => setTimeout(resolve, 200));
      },
      async () => {
        await prune(pruner, dialect, request());
        expect(await publishing).toContain('STO-006');
      },
    );
  });

  it.each([
    ['that is pinned to a version', true],
    ['that is planning', false],
  ])('leaves what it was about to drop to a run %s and began meanwhile', async (_, isPlanned) => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const versions = await publishThree(store);
    const other = await warehouse.open();
    const run = { runId: 'run_2', process: RUN.process, command: 'build', gitCommit: null };
    const pins = versions.slice(0, 1).map(({ view }) => view.relation);
    const begin = async () => {
      await startRun(other, dialect, environment.store, run);
      if (isPlanned) await recordPlan(other, environment.store, run.runId, { tokens: {}, pins });
    };
    const outcome = await beforeFirst(/^update .*_version/s, begin, () => prune(session, dialect, request()));
    expect(outcome).toEqual({ dropped: [], kept: 6, refused: [] });
    expect((await readVersions(session, environment.store)).length).toBe(6);
    await endRun(session, dialect, environment.store, run.runId, 'succeeded');
    expect((await prune(session, dialect, request())).dropped).toHaveLength(2);
  });

  it('is not seen by a run that begins while it drops', async () => {
    await using store = await openStore();
    const { session, dialect, environment, warehouse } = store;
    const versions = await publishThree(store);
    const other = await warehouse.open();
    let seen: readonly string[] = [];
    const look = async () => {
      seen = (await readVersions(other, environment.store)).map(({ relation }) => relation.name);
    };
    await beforeFirst(/^drop/, look, () => prune(session, dialect, request()));
    expect(seen).toHaveLength(4);
    expect(seen).not.toContain(versions[0]?.table.relation.name);
  });

  it('goes on where one cannot be dropped, but leaves what that was made from', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const versions = await publishThree(store, 4);
    const tall = await build(store, 'tall', 'tall', 'select 1 as n');
    await prepareTable(session, dialect, entryFor(environment, tall, { publish: 'table' }));
    await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
    const stuck = versions[0]?.view.relation.name ?? '';
    const failing = (sql: string) => {
      if (sql.startsWith('drop') && (sql.includes(stuck) || sql.includes('next')))
        throw new Error('Somebody stands on it.');
    };
    const outcome = await interceptStatements(failing, () => prune(session, dialect, request()));
    expect(outcome.dropped.map(({ name }) => name).toSorted()).toEqual(
      [versions[1]?.view, versions[1]?.table, tall].map((version) => version?.relation.name).toSorted(),
    );
    expect(outcome.refused.map(({ relation, reason }) => [relation.name.slice(0, 5), reason])).toEqual([
      ['daily', 'Somebody stands on it.'],
      ['stg__', 'A version that was made from it stays.'],
      ['tall_', 'Somebody stands on it.'],
    ]);
    const left = (await readVersions(session, environment.store)).map(({ relation }) => relation);
    expect(left).toHaveLength(6);
    expect(
      await rowsOf(session, `select n from ${dialect.relation({ schema: environment.store, name: stuck })}`),
    ).toEqual([{ n: 1 }]);
  });

  it('drops what a killed one had tombstoned', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const versions = await publishThree(store);
    let isKilled = false;
    const kill = (sql: string) => {
      isKilled ||= /^drop/.test(sql);
      if (isKilled && !/^rollback/i.test(sql)) throw new Error('killed');
    };
    await interceptStatements(kill, () => prune(session, dialect, request())).catch(() => undefined);
    expect((await readVersions(session, environment.store)).length).toBe(4);
    const outcome = await prune(session, dialect, request());
    expect(outcome).toMatchObject({
      dropped: [versions[0]?.view.relation, versions[0]?.table.relation],
      kept: 4,
    });
  });

  it('sweeps up a table to compare with, once its run is dead', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const again = { schema: environment.store, name: 'daily__again' };
    const marker = markerText({ role: 'again', run: RUN.runId });
    await session.execute(dialect.createTableAs(again, 'select 1 as n', {}));
    await session.execute(dialect.commentOnRelation('table', again, marker));
    await prune(session, dialect, request());
    expect(await relationsIn(store, environment.store)).toContain('table daily__again');
    await endRun(session, dialect, environment.store, RUN.runId, 'failed');
    await prune(session, dialect, request());
    expect(await relationsIn(store, environment.store)).not.toContain('table daily__again');
  });

  it('is refused when one environment cannot be read', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await publishThree(store);
    await session.execute('create schema analytics__pr_9__store');
    await expect(prune(session, dialect, request())).rejects.toThrow(/STO-011.*pr_9/);
    expect((await readVersions(session, store.environment.store)).length).toBe(6);
  });

  it('sweeps up a copy that a killed publish left', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const version = await build(store, 'tall', 'k1', 'select 1 as n');
    const entry = entryFor(environment, version, { publish: 'table' });
    await publish({ session, dialect, environment, plan: planOf([wanted(entry, null)]), warn: neverWarns });
    await prepareTable(session, dialect, entry);
    await endRun(session, dialect, environment.store, RUN.runId, 'failed');
    await prune(session, dialect, request());
    expect(await relationsIn(store, SCHEMA)).toEqual(['table tall']);
  });
});

/** Does something right before the first such statement of some work is sent. */
async function beforeFirst<T>(
  statement: RegExp,
  other: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  let isDone = false;
  return interceptStatements(async (sql) => {
    if (isDone || !statement.test(sql)) return;
    isDone = true;
    await other();
  }, work);
}

const DEFAULT = environmentOf(SCHEMA, 'default');
const NOW = '2025-06-01 00:00:00';

/** A random graph: the n-th version is made from some of those before it; some are shown. */
const graphs = fc
  .array(fc.array(fc.nat(19), { maxLength: 3 }), { minLength: 1, maxLength: 20 })
  .map((lists) => lists.map((list, index) => [...new Set(list.filter((dependency) => dependency < index))]))
  .chain((edges) =>
    fc.record({ edges: fc.constant(edges), shown: fc.uniqueArray(fc.nat(edges.length - 1)) }),
  );

function versionOf(index: number, dependencies: readonly number[]): Version {
  return {
    relation: { schema: DEFAULT.store, name: `v${index}` },
    kind: 'table',
    key: `${index}`,
    node: `model.shop.v${index}`,
    columns: [],
    dependencies: dependencies.map((dependency) => ({ schema: DEFAULT.store, name: `v${dependency}` })),
    live: false,
    runId: '',
    builtAt: '2025-01-01 00:00:00',
    durationMs: 0,
  };
}

function reachable(edges: readonly (readonly number[])[], from: readonly number[]): Set<number> {
  const reached = new Set(from);
  for (const index of reached) for (const dependency of edges[index] ?? []) reached.add(dependency);
  return reached;
}

function ascending(a: number, b: number): number {
  return a - b;
}

function request(): PruneRequest {
  return { environment: DEFAULT, schema: SCHEMA, keep: 2, graceMs: 0, process: RUN.process, dryRun: false };
}

/** Three publications of a view over a table; the run is over then. */
/** Waits until the store's clock, whose ticks may be seconds, has moved. */
async function nextTick({ session, dialect }: OpenStore): Promise<void> {
  const before = await readClock(session, dialect);
  while ((await readClock(session, dialect)) === before) await new Promise((later) => setTimeout(later, 20));
}

async function publishThree(store: OpenStore, count = 3) {
  const { session, dialect, environment } = store;
  const versions: { readonly table: Version; readonly view: Version }[] = [];
  for (let n = 1; n <= count; n++) {
    const table = await build(store, 'stg', `stg${n}`, `select ${n} as n`);
    const select = `select n from ${dialect.relation(table.relation)}`;
    const view = await build(store, 'daily', `daily${n}`, select, {
      kind: 'view',
      dependencies: [table.relation],
    });
    const saw = versions.at(-1)?.view.relation ?? null;
    await publish({
      session,
      dialect,
      environment,
      plan: planOf([wanted(entryFor(environment, view), saw)]),
      warn: neverWarns,
    });
    versions.push({ table, view });
  }
  await endRun(session, dialect, environment.store, RUN.runId, 'succeeded');
  return versions;
}
