import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WriteQueue, writeQueue, writeQueued } from '../../src/artifact/write-queue.ts';
import { startWorkerThread } from '../../src/project/worker-thread.ts';

const SOURCES = new URL('../../src/artifact/sql-files.ts', import.meta.url).href;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-queue-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const FILES = Array.from({ length: 40 }, (_, index) => ({
  path: `target/f${index % 4}/m${index}.sql`,
  text: `select ${index}\n`,
}));

async function writtenByWorker(queue: WriteQueue): Promise<number> {
  const worker = startWorkerThread('write-worker', SOURCES, { workerData: queue });
  const [written]: number[] = await once(worker, 'message');
  return written ?? 0;
}

test('a second thread writes what the first leaves', async () => {
  const queue = writeQueue(root, FILES, new Set());
  Atomics.store(queue.taken, 0, 15);
  expect(await writtenByWorker(queue)).toBe(25);
  expect(writeQueued(queue, 'back')).toBe(0);
  Atomics.store(queue.taken, 0, 25);
  expect(writeQueued(queue, 'back')).toBe(15);
  for (const { path, text } of FILES) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('a file that the second thread cannot write fails the first', async () => {
  mkdirSync(join(root, FILES[3]?.path ?? ''), { recursive: true });
  await expect(writtenByWorker(writeQueue(root, FILES, new Set()))).rejects.toMatchObject({
    code: 'EISDIR',
  });
});
