import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { partSize } from '../../src/landing/part-size.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { scratchFolder } from '../seed/scratch-project.ts';

const HEAD = { table: 'orders', columns: [{ name: 'id', type: 'bigint' }] };
const MB = 1024 * 1024;
const PARTITIONED = { ...HEAD, partition: { column: 'day', value: '2025-01-01' } };

test('A batch is cut into parts of bounded size, each with a header, and visible when its manifest is written', async () => {
  const folder = scratchFolder();
  const landing = new FolderLanding(folder);
  const chunk = (from: number) => ({ bytes: Buffer.from(`${from}\n${from + 1}\n`), rows: 2 });
  const manifest = await writeBatch(landing, PARTITIONED, [chunk(1), chunk(3), chunk(5)], sizeOf(10));
  expect(manifest.entries.map(({ url, rows }) => [url, rows])).toEqual([
    ['part-0000.csv.gz', 4],
    ['part-0001.csv.gz', 2],
  ]);
  const first = readFileSync(join(folder, 'orders/day=2025-01-01/part-0000.csv.gz'));
  expect(gunzipSync(first).toString()).toBe('id\n1\n2\n3\n4\n');
  const part = readFileSync(join(folder, 'orders/day=2025-01-01/part-0001.csv.gz'));
  expect(gunzipSync(part).toString()).toBe('id\n5\n6\n');
  expect(manifest.entries[1]?.bytes).toBe(part.length);
  expect(await landing.tables()).toEqual(['orders']);
  expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders/day=2025-01-01', manifest }]);
});

test('A large batch for several slices is waves of as many parts of one size, a small one is one part', async () => {
  const landing = new FolderLanding(scratchFolder());
  const size = { slices: 3, least: 8, most: 20 };
  const rowsOf = async (chunks: number) => {
    const rows = Array.from({ length: chunks }, (_, n) => ({ bytes: Buffer.from(`${n % 10}\n`), rows: 1 }));
    return (await writeBatch(landing, HEAD, rows, size)).entries.map((entry) => entry.rows);
  };
  expect(await rowsOf(2)).toEqual([2]);
  expect(await rowsOf(5)).toEqual([3, 2]);
  expect(await rowsOf(12)).toEqual([4, 4, 4]);
  expect(await rowsOf(30)).toEqual([9, 9, 9, 3]);
});

test('Parts for a cluster stay between a megabyte and a gigabyte, and those that are held at once in memory', () => {
  for (const slices of [1, 2, 4, 16, 32, 128]) {
    const { least, most } = partSize(slices);
    expect(least).toBeGreaterThanOrEqual(8 * MB);
    expect(most).toBeLessThanOrEqual(64 * MB);
    if (slices <= 16) expect(most * slices).toBeLessThanOrEqual(128 * MB);
  }
});

test('A generator that fails leaves neither a batch nor a half-written file', async () => {
  const folder = scratchFolder();
  const landing = new FolderLanding(folder);
  const chunks = function* () {
    for (let n = 0; n < 3; n++) yield { bytes: Buffer.from('1\n'), rows: 1 };
    throw new Error('out of rows');
  };
  await expect(writeBatch(landing, HEAD, chunks(), sizeOf(7))).rejects.toThrow('out of rows');
  expect(await landing.batches('orders', raise)).toEqual([]);
  expect(readdirSync(join(folder, 'orders'))).toEqual(['part-0000.csv.gz']);
});

test('A manifest that is a symbolic link is refused wherever batches are looked for, not passed by', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'orders/day=2025-01-01'), { recursive: true });
  symlinkSync(join(folder, 'elsewhere.json'), join(folder, 'orders/day=2025-01-01/manifest.json'));
  const landing = new FolderLanding(folder);
  await expect(landing.tables()).rejects.toThrow('LND-004');
  await expect(landing.paths('orders')).rejects.toThrow('LND-004');
  await expect(landing.batches('orders', raise)).rejects.toThrow('LND-004');
});

test('Symbolic links below the root are refused, for reading, writing and listing', async () => {
  const folder = scratchFolder();
  const outside = scratchFolder();
  const landing = new FolderLanding(folder);
  mkdirSync(join(folder, 'orders'));
  symlinkSync(outside, join(folder, 'orders/day=2025-01-01'));
  await expect(landing.write('orders/day=2025-01-01/x', Buffer.from('x'))).rejects.toThrow(/LND-004/);
  await expect(landing.batches('orders', raise)).rejects.toThrow(/LND-004/);
  await expect(landing.read('orders/day=2025-01-01/x')).rejects.toThrow(/LND-004/);
  await expect(landing.read('../x')).rejects.toThrow(/LND-005/);
  expect(readdirSync(outside)).toEqual([]);
});

test('A manifest that is broken, misplaced, or names foreign files is reported at its place and left out', async () => {
  const good = { version: 1, ...HEAD, entries: [] };
  const entry = {
    url: '../users/part-0000.csv.gz',
    mandatory: true,
    rows: 1,
    bytes: 1,
    sha256: '0'.repeat(64),
  };
  expect(await problemsOf('{ "version": 1, }')).toEqual(['LND-001 1:17']);
  expect(await problemsOf(JSON.stringify({ ...good, columns: [{ name: 'id', type: 'blob' }] }))).toEqual([
    'LND-001 1:55',
  ]);
  expect(await problemsOf(JSON.stringify({ ...good, table: 'users' }))).toEqual(['LND-002 1:14']);
  expect(await problemsOf(JSON.stringify({ ...good, entries: [entry] }))).toEqual(['LND-003 1:85']);
});

async function problemsOf(manifest: string): Promise<string[]> {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'orders'));
  writeFileSync(join(folder, 'orders/manifest.json'), manifest);
  const found: Diagnostic[] = [];
  const batches = await new FolderLanding(folder).batches('orders', (problem) => found.push(problem));
  expect(batches).toEqual([]);
  return found.map(({ code, span }) => `${code} ${span?.start.line}:${span?.start.column}`);
}

function raise(problem: Diagnostic): never {
  throw new Error(problem.message);
}

function sizeOf(most: number) {
  return { slices: 1, least: 0, most };
}
