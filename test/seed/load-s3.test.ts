import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeLoadManifest } from '../../src/landing/load-manifest.ts';
import { S3Landing } from '../../src/landing/s3/s3-landing.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { load } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { INTERNAL_ERROR, SLOW_DOWN } from '../support/s3/fault.ts';
import { BUCKET, placeAt, testServer } from '../support/s3/s3-place.ts';
import type { S3Server } from '../support/s3/s3-server.ts';
import { useShortestDelays } from '../support/shortest-delays.ts';
import { scratchFolder } from './scratch-project.ts';

useShortestDelays();

const COLUMNS = [
  { name: 'id', type: 'bigint' },
  { name: 'day', type: 'date' },
];

describeEngines('A load from S3', (zone) => {
  test('brings every batch once, leaves no scratch files, and reads no part again when nothing is new', async () => {
    const { server, landing, loadNow } = await zone();
    for (const day of ['2025-01-01', '2025-01-02', '2025-01-03']) await land(landing, day, ['1', '2']);
    expect(await loadNow()).toMatchObject([{ kind: 'loaded', batchesLoaded: 3, rowsLoaded: 6 }]);
    expect(scratchFolders()).toEqual([]);
    const asked = readsOf(server);
    expect(await loadNow()).toMatchObject([{ kind: 'loaded', batchesLoaded: 0, batchesUnchanged: 3 }]);
    expect(readsOf(server)).toBe(asked);
  });

  test.each([
    ['an internal error', INTERNAL_ERROR],
    ['a request to slow down', SLOW_DOWN],
    ['a reset connection', { kind: 'reset' } as const],
    ['a truncated body', { kind: 'truncated', afterBytes: 300_000 } as const],
    ['a slow body', { kind: 'slow', bytesPerSecond: 5_000_000 } as const],
  ])('bears %s in every operation', async (_, fault) => {
    const { server, landing, loadNow } = await zone();
    await land(landing, '2025-01-01', LONG_ROWS);
    for (const operation of ['ListObjectsV2', 'HeadObject']) server.faults.add({ operation, fault });
    server.faults.add({ key: /manifest/, fault });
    server.faults.add({ key: /part-/, method: 'GET', times: 2, fault });
    expect(await loadNow()).toMatchObject([{ kind: 'loaded', rowsLoaded: LONG_ROWS.length }]);
  });

  test('refuses a part that is missing or has another size before anything is touched', async () => {
    const { landing, loadNow } = await zone();
    const { entries } = await land(landing, '2025-01-01', ['1']);
    await landing.remove(pathOf(entries[0]?.url));
    expect(await loadNow()).toMatchObject([{ kind: 'failed', problems: [{ code: 'LND-008' }] }]);
    await landing.write(pathOf(entries[0]?.url), Buffer.from('x'));
    expect(await loadNow()).toMatchObject([{ kind: 'failed', problems: [{ code: 'LND-008' }] }]);
  });

  test('refuses a part of the right size with other content, or that is no gzip', async () => {
    const { landing, loadNow } = await zone();
    const { entries } = await land(landing, '2025-01-01', ['1']);
    const path = pathOf(entries[0]?.url);
    await landing.write(path, gzipSync('id,day\n2,2025-01-01\n', { level: 1 }));
    expect(await loadNow()).toMatchObject([{ kind: 'failed', problems: [{ code: 'LND-023' }] }]);
    await landing.write(path, Buffer.alloc(entries[0]?.bytes ?? 0, 'x'));
    expect(await loadNow()).toMatchObject([{ kind: 'failed', problems: [{ code: 'LOD-028' }] }]);
    expect(scratchFolders()).toEqual([]);
  });

  test('shows a bad row at its address, and with max_errors loads the others', async () => {
    const { landing, loadNow } = await zone();
    const { entries } = await land(landing, '2025-01-01', ['1', 'two', '3']);
    await land(landing, '2025-01-02', ['4']);
    const [failed] = await loadNow();
    expect(failed).toMatchObject({ kind: 'failed', problems: [{ code: 'LOD-020' }, { code: 'LOD-022' }] });
    if (failed?.kind !== 'failed') return;
    expect(failed.problems[0].span).toMatchObject({
      source: { path: entries[0]?.url },
      start: { line: 3, column: 1 },
    });
    expect(await loadNow(1)).toMatchObject([{ kind: 'loaded', rowsLoaded: 3, rowsRejected: 1 }]);
  });
});

test('A load manifest lists all parts of a group as Redshift reads it, and nothing more', async () => {
  const server = await testServer();
  const landing = new S3Landing(placeAt(server));
  for (const day of ['2025-01-01', '2025-01-02']) await land(landing, day, ['1']);
  const batches = await landing.batches('orders', (problem) => expect.fail(problem.message));
  const parts = batches.flatMap((batch) => batch.manifest.entries.map(({ url }) => pathOf(url)));
  const { url, path } = await writeLoadManifest(landing, 'load-1', 'orders-0', parts);
  expect(url).toBe(`s3://${BUCKET}/zone/_loads/load-1/orders-0.manifest`);
  const urls = batches.flatMap(({ manifest }) => manifest.entries.map((entry) => entry.url));
  expect(JSON.parse((await server.read(BUCKET, `zone/${path}`)).toString())).toEqual({
    entries: urls.map((each) => ({ url: each, mandatory: true })),
  });
  expect(await landing.tables()).toEqual(['orders']);
  await landing.remove(path);
  expect(server.keys(BUCKET)).not.toContain(`zone/${path}`);
});

const LONG_ROWS = Array.from({ length: 60_000 }, () => String(randomBytes(6).readUIntBE(0, 6)));

type OpenZone = () => Promise<Awaited<ReturnType<typeof zoneOn>>>;

/** Tests that hold on an engine that reads files, and, where this machine has one, on an engine that is sent its CSV. */
function describeEngines(title: string, body: (zone: OpenZone) => void): void {
  describe(`${title} on DuckDB`, () => {
    body(() => {
      const database = `${scratchFolder()}/test.duckdb`;
      return zoneOn(() => openDuckdb(database), 'analytics');
    });
  });
  describePostgres(`${title} on PostgreSQL`, (database) => {
    let zones = 0;
    body(() => {
      zones++;
      return zoneOn(() => openPostgres(settingsOf(database.url), { threads: 1 }), `analytics_${zones}`);
    });
  });
}

async function zoneOn(open: () => Promise<Warehouse>, schema: string) {
  const server = await testServer();
  const landing = new S3Landing(placeAt(server));
  let loads = 0;
  const loadNow = async (maxErrors = 0) => {
    const warehouse = await open();
    try {
      return await load({ landing, warehouse, schema, loadId: `load-${loads++}`, maxErrors });
    } finally {
      await warehouse.close();
    }
  };
  return { server, landing, loadNow };
}

function land(landing: S3Landing, day: string, ids: readonly string[]) {
  const text = ids.map((id) => `${id},${day}\n`).join('');
  const head = { table: 'orders', columns: COLUMNS, partition: { column: 'day', value: day } };
  return writeBatch(landing, head, [{ bytes: Buffer.from(text), rows: ids.length }]);
}

function pathOf(url: string | undefined): string {
  return (url ?? '').slice(`s3://${BUCKET}/zone/`.length);
}

function readsOf(server: S3Server): number {
  return server.requests.filter(({ operation, key }) => operation === 'GetObject' && key.includes('part-'))
    .length;
}

function scratchFolders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`modelwright-parts-${process.pid}-`));
}
