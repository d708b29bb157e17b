import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { type GenerateInput, generate } from '../../src/seed/generate.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

/** The last partitions are this thread's, the first those of others; each takes its time, so that all have some. */
const SLOW_SEED = `import { defineSeed } from 'modelwright';
import { isMainThread, threadId } from 'node:worker_threads';
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
export default defineSeed({
  columns: { day: 'integer', thread: 'integer', note: 'varchar' },
  partition: { column: 'day' },
  partitions: () => Array.from({ length: 40 }, (_, day) => String(100 + day)),
  *rows(day) {
    pause(20);
    PLANTED
    yield [Number(day), threadId, 'x'];
  },
});`;

function slowProject(planted: string): GenerateInput & { landing: string } {
  const root = scratchFolder();
  const landing = join(root, 'landing');
  mkdirSync(join(root, 'seeds'));
  writeFileSync(join(root, 'seeds/orders.ts'), SLOW_SEED.replace('PLANTED', planted));
  return { ...seedProject(root, landing), options: { preset: 'tiny' }, threads: 2, landing };
}

const batchesIn = (landing: string) =>
  existsSync(join(landing, 'orders'))
    ? readdirSync(join(landing, 'orders')).filter((name) =>
        existsSync(join(landing, 'orders', name, 'manifest.json')),
      )
    : [];

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The diagnostics of a generation that fails, when nothing is written any more. */
async function failureOf(generation: Promise<unknown>, landing: string): Promise<unknown> {
  const error = await generation.then(
    () => expect.fail('it did not fail'),
    (thrown: unknown) => thrown,
  );
  const written = batchesIn(landing);
  expect(written.length).toBeLessThan(40);
  await later(200);
  expect(batchesIn(landing)).toEqual(written);
  return error instanceof DiagnosticError ? error.diagnostics : error;
}

test('Threads share the partitions, and all arrive', async () => {
  const { landing, ...input } = slowProject('');
  expect(await generate({ ...input, threads: 3 })).toMatchObject({ batchesWritten: 40, rows: 40 });
  const threads = batchesIn(landing).map(
    (batch) => csvOf(landing, `orders/${batch}`).split('\n')[1]?.split(',')[1],
  );
  expect(threads).toHaveLength(40);
  expect(new Set(threads).size).toBeGreaterThan(1);
});

test.each([
  ['another thread', '!isMainThread'],
  ['this thread', 'isMainThread'],
])('A seed that throws in %s is shown at its line, and stops all', async (_where, there) => {
  const { landing, ...input } = slowProject(`if (${there}) throw new Error('sold out');`);
  expect(await failureOf(generate(input), landing)).toMatchObject([
    { code: 'LOD-003', span: { source: { path: 'seeds/orders.ts' }, start: { line: 10 } } },
  ]);
});

test('What the landing zone refuses of another thread is told, and stops all', async () => {
  const { landing, ...input } = slowProject('');
  mkdirSync(join(landing, 'orders'), { recursive: true });
  writeFileSync(join(landing, 'orders/day=100'), 'a file in the way');
  expect(await failureOf(generate(input), landing)).toMatchObject([{ code: expect.stringMatching(/^LND-/) }]);
});

test('An interrupt stops all threads', async () => {
  const { landing, ...input } = slowProject('');
  const controller = new AbortController();
  const generation = generate({
    ...input,
    signal: controller.signal,
    onProgress: ({ batches }) => batches === 3 && controller.abort(new Error('interrupted')),
  });
  expect(await failureOf(generation, landing)).toEqual(new Error('interrupted'));
});

test('A thread that a seed ends is no silent end', async () => {
  const { landing, ...input } = slowProject('if (!isMainThread) process.exit(0);');
  expect(String(await failureOf(generate(input), landing))).toMatch(/ended by itself/);
});

function csvOf(landing: string, batch: string): string {
  return gunzipSync(readFileSync(join(landing, batch, 'part-0000.csv.gz'))).toString();
}
