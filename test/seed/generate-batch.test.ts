import { createHash, pbkdf2 } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Compressor } from '../../src/landing/compressor.ts';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { CsvWriter } from '../../src/seed/csv-writer.ts';
import { generateBatch } from '../../src/seed/generate-batch.ts';
import { seedContext } from '../../src/seed/seed-context.ts';
import { loadSeedModule } from '../../src/seed/seed-module.ts';
import { scratchFolder } from './scratch-project.ts';

const SEED = `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { n: 'varchar', i: 'integer' },
  partition: { column: 'n' },
  partitions: () => ['0', '1', '2', '3'],
  *rows(n) {
    if (n === '0' || n === '3') for (let i = 0; i < 1000; i++) yield [n, i];
  },
});
`;

test('Partitions without rows leave what is still being compressed as it was', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  writeFileSync(join(root, 'seeds/numbers.ts'), SEED);
  const seed = await loadSeedModule({ table: 'numbers', root, path: 'seeds/numbers.ts' });
  const context = seedContext({ preset: 'tiny', seed: 1, days: 1, users: 1, asOf: '2025-12-31' });
  const landing = new FolderLanding(join(root, 'landing'));
  const tools = {
    landing,
    compressor: new Compressor(2),
    writer: new CsvWriter(3),
    context,
    signal: undefined,
  };

  const busy = occupyThreads();
  const batches = [];
  for (const partition of ['0', '1', '2', '3'])
    batches.push(await generateBatch(tools, { seed, partition, inputs: '' }, undefined));
  await Promise.all(batches.map(({ written }) => written));
  await busy;

  for (const { path, manifest } of await landing.batches('numbers', ({ message }) => expect.fail(message))) {
    for (const { url, sha256 } of manifest.entries) {
      const csv = gunzipSync(readFileSync(join(root, 'landing', path, url)));
      expect(createHash('sha256').update(csv).digest('hex')).toBe(sha256);
    }
  }
});

/** Keeps the threads that compress from beginning for a while. */
function occupyThreads(): Promise<unknown> {
  return Promise.all(
    Array.from({ length: 8 }, () => promisify(pbkdf2)('password', 'salt', 100_000, 64, 'sha512')),
  );
}
