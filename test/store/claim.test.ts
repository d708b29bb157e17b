import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildVersion } from '../../src/store/build-version.ts';
import { claimVersion, releaseClaim } from '../../src/store/claim.ts';
import { environmentOf } from '../../src/store/environment.ts';
import { endRun, startRun } from '../../src/store/run-record.ts';
import { readVersions } from '../../src/store/version.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import {
  build,
  describeEmbedded,
  describeStores,
  type OpenStore,
  RUN,
  relationsIn,
  rowsOf,
  SCHEMA,
} from './open-store.ts';

describeStores('a claim', (openStore) => {
  it('is won by one of many sessions, and the others get its version', async () => {
    await using store = await openStore();
    const { warehouse, session } = store;
    let builds = 0;
    const builders = Array.from({ length: 8 }, async (_, index) => {
      const own = await warehouse.open();
      const request = requestFor(store, `model.shop.daily_${index}`);
      const result = await claimVersion(own, store.dialect, request);
      if (result.kind === 'built') return result.version;
      builds++;
      const { claim } = result;
      return buildVersion(own, store.dialect, claim, TABLE, async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await own.execute(store.dialect.createTableAs(claim.relation, 'select 1 as n', {}));
      });
    });
    const versions = await Promise.all(builders);
    expect(builds).toBe(1);
    expect(new Set(versions.map((version) => version.relation.name)).size).toBe(1);
    expect(await readVersions(session, store.environment.store)).toEqual([versions[0]]);
  });

  it('lets a waiting run build when the winner fails', async () => {
    await using store = await openStore();
    const { warehouse, session, dialect } = store;
    const first = await claimVersion(session, dialect, requestFor(store));
    const waiting = claimVersion(await warehouse.open(), dialect, requestFor(store, 'model.shop.same'));
    if (first.kind !== 'claimed') throw new Error('nobody else was there');
    await releaseClaim(session, first.claim);
    expect(await waiting).toMatchObject({ kind: 'claimed', claim: { attempt: 2 } });
  });

  it('is free again after a build that failed, with nothing left of it', async () => {
    await using store = await openStore();
    const { session, environment } = store;
    await expect(build(store, 'daily', 'k', `select 1 / cast('x' as integer) as n`)).rejects.toThrow();
    const version = await build(store, 'daily', 'k', 'select 1 as n');
    const names = await relationsIn(store, environment.store);
    expect(names.filter((name) => name.includes('daily'))).toEqual([`table ${version.relation.name}`]);
    expect(await readVersions(session, environment.store)).toEqual([version]);
  });

  it('is taken over when its run has ended without it', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    await claimVersion(session, dialect, requestFor(store));
    await endRun(session, dialect, environment.store, RUN.runId, 'failed');
    expect(await claimVersion(session, dialect, requestFor(store))).toMatchObject({ claim: { attempt: 2 } });
  });

  it('is lost by a build that seemed dead, and that build rolls back', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const slow = await claimVersion(session, dialect, requestFor(store));
    if (slow.kind !== 'claimed') throw new Error('nobody else was there');
    await endRun(session, dialect, environment.store, RUN.runId, 'cancelled');
    const next = { runId: 'run_2', process: RUN.process };
    await startRun(session, dialect, environment.store, { ...next, command: 'build', gitCommit: null });
    const version = await build(store, 'daily', 'k', 'select 2 as n', { run: next });
    const late = buildVersion(session, dialect, slow.claim, TABLE, async () => {
      await session.execute(dialect.createTableAs(slow.claim.relation, 'select 1 as n', {}));
    });
    await expect(late).rejects.toThrow('took over');
    expect(await readVersions(session, environment.store)).toEqual([version]);
    expect(await relationsIn(store, environment.store)).not.toContain(`table ${slow.claim.relation.name}`);
  });

  it('that the run did not hear it has, or could not give up, does not hold up the same node', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await claimVersion(session, dialect, requestFor(store));
    expect(await claimVersion(session, dialect, requestFor(store))).toMatchObject({ claim: { attempt: 2 } });
  });

  it('does not hand out a version that somebody dropped', async () => {
    await using store = await openStore();
    const version = await build(store, 'daily', 'k', 'select 1 as n');
    await store.session.execute(store.dialect.dropTable(version.relation));
    const again = await claimVersion(store.session, store.dialect, requestFor(store));
    expect(again).toMatchObject({ kind: 'claimed', claim: { attempt: 2 } });
  });

  it('waits no longer when the run is cancelled', async () => {
    await using store = await openStore();
    await claimVersion(store.session, store.dialect, requestFor(store));
    const request = { ...requestFor(store, 'model.shop.same'), signal: AbortSignal.timeout(60) };
    await expect(claimVersion(store.session, store.dialect, request)).rejects.toThrow(/abort|timeout/i);
  });

  it('builds beside a complete version when asked to', async () => {
    await using store = await openStore();
    const version = await build(store, 'daily', 'k', 'select 1 as n');
    const again = await claimVersion(store.session, store.dialect, { ...requestFor(store), rebuild: true });
    expect(again).toMatchObject({ kind: 'claimed', claim: { attempt: 2 } });
    if (again.kind === 'claimed') expect(again.claim.relation.name).not.toBe(version.relation.name);
  });
});

describe('a build that is killed with -9', () => {
  it('leaves a claim and no table, and the next run takes over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'store-'));
    try {
      const path = join(folder, 'dev.duckdb');
      const child = spawn(process.execPath, [JITI, KILLED, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const warehouse = await openDuckdb(path);
      const session = await warehouse.open();
      const environment = environmentOf(SCHEMA, 'default');
      expect(await rowsOf(session, 'select status, attempt from analytics__store._version')).toEqual([
        { status: 'building', attempt: 1 },
      ]);
      const next = { runId: 'run_2', process: 'another process' };
      await startRun(session, warehouse.dialect, environment.store, {
        ...next,
        command: 'build',
        gitCommit: null,
      });
      const store = { session, dialect: warehouse.dialect, environment };
      const version = await build(store, 'daily', 'k', 'select 1 as n', { run: next });
      expect(await rowsOf(session, `select n from ${warehouse.dialect.relation(version.relation)}`)).toEqual([
        { n: 1 },
      ]);
      expect(await rowsOf(session, 'select status from analytics__store._version order by attempt')).toEqual([
        { status: 'abandoned' },
        { status: 'complete' },
      ]);
      await warehouse.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

const JITI = join(import.meta.dirname, '../../node_modules/jiti/lib/jiti-cli.mjs');
const KILLED = join(import.meta.dirname, 'killed-build.ts');
const TABLE = { kind: 'table', dependencies: [], live: false } as const;

function requestFor({ environment }: OpenStore, node = 'model.shop.daily') {
  return { store: environment.store, key: 'k', node, name: 'daily', run: RUN };
}

describeEmbedded('a claim', (openStore) => {
  it('is taken over at once when its run was another process’s, which cannot be alive on an embedded engine', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const other = { runId: 'run_0', process: 'a process that was killed' };
    await startRun(session, dialect, environment.store, { ...other, command: 'build', gitCommit: null });
    await claimVersion(session, dialect, { ...requestFor(store), run: other });
    expect(await claimVersion(session, dialect, requestFor(store))).toMatchObject({ claim: { attempt: 2 } });
  });
});
