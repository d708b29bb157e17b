import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import type { BatchWriting } from '../../src/landing/landing.ts';
import { type GenerateInput, generate } from '../../src/seed/generate.ts';
import { runTasks } from '../../src/seed/run-tasks.ts';
import { loadSeedModule } from '../../src/seed/seed-module.ts';
import { modelHere } from '../support/program-here.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

/**
 * The last partitions are this thread's, the first those of others. Each takes its time, and this thread waits for another
 * one to begin, so that all have some.
 */
const SLOW_SEED = `import { defineSeed } from 'modelwright';
import { existsSync, writeFileSync } from 'node:fs';
import { isMainThread, threadId } from 'node:worker_threads';
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const patient = Date.now() + 20_000;
export default defineSeed({
  columns: { day: 'integer', thread: 'integer', note: 'varchar' },
  partition: { column: 'day' },
  partitions: () => Array.from({ length: 40 }, (_, day) => String(100 + day)),
  *rows(day) {
    if (!isMainThread) writeFileSync(BEGUN, '');
    while (!existsSync(BEGUN) && Date.now() < patient) pause(20);
    pause(20);
    PLANTED
    yield [Number(day), threadId, 'x'];
  },
});`;
const PLANTED_LINE = SLOW_SEED.split('\n').findIndex((line) => line.includes('PLANTED')) + 1;

function slowProject(planted: string, root = scratchFolder()): GenerateInput & { landing: string } {
  const landing = join(root, 'landing');
  const seed = SLOW_SEED.replaceAll('BEGUN', JSON.stringify(join(root, 'begun'))).replace('PLANTED', planted);
  mkdirSync(join(root, 'seeds'), { recursive: true });
  writeFileSync(join(root, 'seeds/orders.ts'), seed);
  return { ...seedProject(root, landing), options: { preset: 'tiny' }, threads: 2, landing };
}

/** The first partition is another thread's. */
const FIRST = 'orders/day=100';

/** A folder far away: a batch becomes visible a while after it was asked to, that of the first partition the latest. */
class SlowLanding extends FolderLanding {
  override readonly batchesAtOnce: number = 4;
  onFirst: (() => void) | undefined;
  publishing = 0;
  mostPublishing = 0;

  override async writeBatch(path: string): Promise<BatchWriting> {
    const batch = await super.writeBatch(path);
    return {
      ...batch,
      publish: async (manifest) => {
        this.mostPublishing = Math.max(this.mostPublishing, ++this.publishing);
        if (path === FIRST) this.onFirst?.();
        await later(path === FIRST ? 400 : 100);
        await batch.publish(manifest);
        this.publishing--;
      },
    };
  }
}

const threadsIn = (landing: string) =>
  batchesIn(landing).map((batch) => csvOf(landing, `orders/${batch}`).split('\n')[1]?.split(',')[1]);

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
  const threads = threadsIn(landing);
  expect(threads).toHaveLength(40);
  expect(new Set(threads).size).toBeGreaterThan(1);
});

test.each([
  ['another thread', '!isMainThread'],
  ['this thread', 'isMainThread'],
])('A seed that throws in %s is shown at its line, and stops all', async (_where, there) => {
  const { landing, ...input } = slowProject(`if (${there}) throw new Error('sold out');`);
  expect(await failureOf(generate(input), landing)).toMatchObject([
    { code: 'LOD-003', span: { source: { path: 'seeds/orders.ts' }, start: { line: PLANTED_LINE } } },
  ]);
});

test('A seed that throws is shown at its line below a folder with blanks in its name', async () => {
  const root = join(scratchFolder(), 'my shop (new)');
  const { landing, ...input } = slowProject("throw new Error('sold out');", root);
  expect(await failureOf(generate(input), landing)).toMatchObject([
    { code: 'LOD-003', span: { source: { path: 'seeds/orders.ts' }, start: { line: PLANTED_LINE } } },
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

/** What it takes to make 40 batches into a landing zone far away. */
async function slowRun(threads: number) {
  const { landing, project } = slowProject('');
  const seed = await loadSeedModule({ table: 'orders', root: project.root, path: 'seeds/orders.ts' });
  const tasks = Array.from({ length: 40 }, (_, day) => ({ seed, partition: String(100 + day), inputs: '' }));
  const options = { preset: 'tiny', seed: 1, days: 1, users: 1, asOf: '2025-12-31' };
  const run = { landing: new SlowLanding(landing), options, threads, done: () => undefined };
  return { run, tasks };
}

test('A generation that stops waits for what other threads have begun to publish', async () => {
  const { run, tasks } = await slowRun(2);
  const controller = new AbortController();
  run.landing.onFirst = () => controller.abort(new Error('interrupted'));
  await expect(runTasks({ ...run, signal: controller.signal }, tasks)).rejects.toThrow('interrupted');
  expect(run.landing.publishing).toBe(0);
});

test('Threads share what the landing zone takes at once', async () => {
  const { run, tasks } = await slowRun(4);
  await runTasks({ ...run, signal: undefined }, tasks);
  const { mostPublishing, batchesAtOnce } = run.landing;
  expect(mostPublishing).toBeGreaterThan(1);
  // A thread waits when it has made one more.
  expect(mostPublishing).toBeLessThanOrEqual(batchesAtOnce + run.threads);
});

/** A project that the program reads. */
function commandProject() {
  const root = scratchFolder();
  const target = 'adapter: duckdb, path: shop.duckdb, schema: analytics, landing: landing';
  writeFileSync(join(root, 'project.yml'), `name: shop\ntarget: dev\ntargets:\n  dev: { ${target} }\n`);
  return { root, landing: slowProject('', root).landing };
}

test('`model generate --threads` starts threads, however little there is to make', async () => {
  const { root, landing } = commandProject();
  const { code, stdout, stderr } = await modelHere('generate --preset tiny --threads 2', { cwd: root });
  expect(code, stdout + stderr).toBe(0);
  expect(new Set(threadsIn(landing)).size).toBe(2);
});

test('`model generate --no-project-code` runs no seed', async () => {
  const { root, landing } = commandProject();
  const { code, stderr } = await modelHere('generate --no-project-code', { cwd: root });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('PRJ-015') });
  expect(batchesIn(landing)).toEqual([]);
});

test('A thread that a seed ends is no silent end', async () => {
  const { landing, ...input } = slowProject('if (!isMainThread) process.exit(0);');
  expect(String(await failureOf(generate(input), landing))).toMatch(/ended by itself/);
});

function csvOf(landing: string, batch: string): string {
  return gunzipSync(readFileSync(join(landing, batch, 'part-0000.csv.gz'))).toString();
}
