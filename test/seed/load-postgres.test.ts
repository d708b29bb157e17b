import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import type { Landing } from '../../src/landing/landing.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { load } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { ReferenceProject } from '../oracle/reference-project.ts';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { model } from '../support/program.ts';
import { interceptStatements } from '../support/statements.ts';
import { COLUMNS, describeLoads } from './landed-shop.ts';
import { scratchFolder } from './scratch-project.ts';

const SCHEMA = 'analytics';

describeLoads('A large batch', (openShop) => {
  test('with one bad row in 200,000 is refused whole, and the row is shown by file, line and column', async () => {
    const shop = await openShop();
    const rows = Array.from({ length: 200_000 }, (_, id) => `${id},2025-01-01 10:00:00,n`);
    rows[123_456] = '123456,2025-01-01 25:00:00,n';
    await shop.land('2025-01-01', rows);
    await expect(shop.load('first')).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'LOD-020',
          message: expect.stringContaining('"2025-01-01 25:00:00"'),
          span: {
            source: { path: expect.stringMatching(/load_date=2025-01-01\/part-0000\.csv\.gz$/) },
            start: { line: 123_458, column: 8 },
          },
        },
        { code: 'LOD-022' },
      ],
    });
    expect(await shop.rows()).toEqual([]);
  });

  test('is loaded once by two loads at the same time', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await shop.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    await Promise.all([shop.load('one'), shop.load('two')]);
    expect(await shop.rows()).toEqual(['1 a', '2 b']);
  });

  test('is not made again by a load that another outruns while it reads what is there', async () => {
    const shop = await openShop();
    await shop.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    let other: Promise<unknown> | undefined;
    const made: string[] = [];
    const comeBetween = async (sql: string) => {
      if (/^create table .*notes/.test(sql)) made.push(sql);
      if (other !== undefined || !/^select .*_load"? /s.test(sql)) return;
      other = shop.load('between');
      await other;
    };
    await interceptStatements(comeBetween, () => shop.load('late'));
    expect(made).toHaveLength(1);
    expect(await shop.rows()).toEqual(['1 a']);
  });
});

describePostgres('A load into PostgreSQL', (database) => {
  test('ends at once when it is stopped, and leaves no statement behind on the server', async () => {
    const shop = await openNotes(database, 'stopped');
    await shop.land(['1,2025-01-01 10:00:00,a']);
    await shop.load('first');
    await shop.land(['2,2025-01-01 10:00:00,b']);
    const other = await shop.warehouse.open();
    const stop = new AbortController();
    await other.transaction(async () => {
      await other.execute('lock table stopped__raw.notes');
      const loading = shop.load('second', shop.landing, stop.signal);
      loading.catch(() => undefined);
      await waitFor(database, WAITING, 1);
      stop.abort();
      await expect(loading).rejects.toMatchObject({ kind: 'cancelled' });
      await waitFor(database, WAITING, 0);
    });
    expect(await database.admin('select id, note from stopped__raw.notes')).toEqual([{ id: 1, note: 'a' }]);
  }, 20_000);

  test('refreshes what the planner knows of the table', async () => {
    const shop = await openNotes(database, 'analysed');
    await shop.land(['1,2025-01-01 10:00:00,a', '2,2025-01-01 10:00:00,b']);
    await shop.load('first');
    const [row] = await database.admin(
      `select reltuples::int as rows from pg_class where oid = 'analysed__raw.notes'::regclass`,
    );
    expect(row).toEqual({ rows: 2 });
  });

  test('says which part is cut off, and keeps what was there', async () => {
    const shop = await openNotes(database, 'cut');
    await shop.land(['1,2025-01-01 10:00:00,a']);
    await shop.load('first');
    await shop.land(['2,2025-01-01 10:00:00,b', '3,2025-01-01 10:00:00,c']);
    const part = join(shop.folder, 'notes/part-0000.csv.gz');
    const bytes = readFileSync(part);
    writeFileSync(part, Buffer.concat([bytes.subarray(0, -6), Buffer.alloc(6)]));
    expect(await shop.load('second')).toMatchObject([
      { kind: 'failed', problems: [{ code: 'LOD-028', message: expect.stringContaining(part) }] },
    ]);
    expect(await database.admin('select id from cut__raw.notes')).toEqual([{ id: 1 }]);
  });

  test('whose connection is lost under the COPY begins again, and has every row once', async () => {
    const shop = await openNotes(database, 'torn');
    await shop.land(Array.from({ length: 100 }, (_, id) => `${id},2025-01-01 10:00:00,a`));
    let reads = 0;
    class CuttingLanding extends FolderLanding {
      override async read(path: string): Promise<Readable> {
        reads++;
        if (reads === 1) await cutConnections(database);
        return super.read(path);
      }
    }
    const cutting = new CuttingLanding(shop.folder);
    expect(await shop.load('first', cutting)).toMatchObject([{ kind: 'loaded', rowsLoaded: 100 }]);
    expect(reads).toBe(2);
    expect(await database.admin('select count(*)::int as rows from torn__raw.notes')).toEqual([
      { rows: 100 },
    ]);
  });

  test('of the reference project puts there what DuckDB has, once', async () => {
    const project = new ReferenceProject();
    onTestFinished(() => rmSync(project.root, { recursive: true, force: true }));
    const { host, port, user, password = '', database: name } = settingsOf(database.url);
    const file = join(project.root, 'project.yml');
    const target = `targets:
  elsewhere:
    adapter: postgres
    host: "{{env_var 'DB_HOST'}}"
    port: "{{env_var 'DB_PORT'}}"
    user: ${user}
    password: "{{env_var 'DB_PASSWORD'}}"
    database: ${name}
    schema: analytics
    landing: landing
`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('targets:\n', target));
    const env = { DB_HOST: host, DB_PORT: String(port), DB_PASSWORD: password };
    const run = async (words: string) => {
      const ended = await model(words, { cwd: project.root, env });
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(password);
      expect(ended.code, `${ended.stdout}${ended.stderr}`).toBe(0);
      return ended;
    };
    await run('generate --preset tiny');
    await run('load');
    await run('load --target elsewhere');
    const duckdb = await openDuckdb(join(project.root, 'warehouse/dev.duckdb'));
    const postgres = await openPostgres(settingsOf(database.url), { threads: 1 });
    onTestFinished(async () => {
      await duckdb.close();
      await postgres.close();
    });
    const landed = await allRows(postgres);
    expect(landed.length).toBeGreaterThan(1000);
    expect(landed).toEqual(await allRows(duckdb));
    expect((await run('load --target elsewhere')).stdout).not.toMatch(/loaded [1-9]/);
    expect(await allRows(postgres)).toEqual(landed);
  });
});

async function cutConnections(database: TestDatabase): Promise<void> {
  await database.admin(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await sleep(20);
}

/** Every row of the landed table, as one text, in order. */
async function allRows(warehouse: Warehouse): Promise<readonly string[]> {
  const session = await warehouse.open();
  const { rows } = await session.query(`select * from ${SCHEMA}__raw.daily_dump`);
  await session.close();
  return rows
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
    .sort();
}

/** A landing zone with a table `notes` that has no partitions, and a schema of its own in the database. */
async function openNotes(database: TestDatabase, schema: string) {
  const folder = scratchFolder();
  const landing = new FolderLanding(folder);
  const warehouse = await openPostgres(settingsOf(database.url), { threads: 1 });
  onTestFinished(() => warehouse.close());
  return {
    ...{ folder, landing, warehouse },
    land: async (rows: readonly string[]) => {
      const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
      await writeBatch(landing, { table: 'notes', columns: COLUMNS }, [{ bytes, rows: rows.length }]);
    },
    load: (loadId: string, zone: Landing = landing, signal?: AbortSignal) =>
      load({ landing: zone, warehouse, schema, loadId, ...(signal && { signal }) }),
  };
}

const WAITING = `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%notes%'`;

async function waitFor({ admin }: TestDatabase, query: string, expected: number): Promise<void> {
  while ((await admin(query))[0]?.['n'] !== expected) await sleep(20);
}
