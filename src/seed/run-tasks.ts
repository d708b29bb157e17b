import { setFlagsFromString } from 'node:v8';
import { Compressor } from '../landing/compressor.ts';
import type { Landing } from '../landing/landing.ts';
import { CsvWriter } from './csv-writer.ts';
import { type GeneratedBatch, type GeneratorTask, generateBatch } from './generate-batch.ts';
import { type SeedOptions, seedContext } from './seed-context.ts';
import { type LoadedSeed, preparedState } from './seed-module.ts';

/** What tasks have in common. */
export interface TaskSetup {
  readonly landing: Landing;
  readonly options: SeedOptions;
  /** So many chunks are compressed at once. */
  readonly threads: number;
}

/** What is told after each task. */
export type TaskDone = (task: GeneratorTask, batch: GeneratedBatch) => void;

/**
 * Does all tasks in order; the first failure or abort stops them. Rows are made in this thread, one partition after the
 * other; meanwhile the pool's threads compress what was made before, which takes several times as long.
 */
export async function runTasks(
  { landing, options, threads }: TaskSetup,
  tasks: readonly GeneratorTask[],
  done: TaskDone,
  signal?: AbortSignal,
): Promise<void> {
  const context = seedContext(options);
  const compressor = new Compressor(threads);
  const tools = { landing, compressor, writer: new CsvWriter(threads + 1), context, signal };
  const mostUnfinished = Math.max(threads, landing.batchesAtOnce);
  const unfinished: Promise<void>[] = [];
  let prepared: { readonly seed: LoadedSeed; readonly state: unknown } | undefined;
  for (const { ours } of V8_FLAGS) setFlagsFromString(ours);
  try {
    for (const task of tasks) {
      signal?.throwIfAborted();
      const { seed } = task;
      if (prepared?.seed !== seed) prepared = { seed, state: await preparedState(seed, context) };
      const { written } = await generateBatch(tools, task, prepared.state);
      const told = written.then((batch) => done(task, batch));
      told.catch(() => undefined);
      unfinished.push(told);
      if (unfinished.length > mostUnfinished) await unfinished.shift();
      await breath();
    }
    await Promise.all(unfinished);
  } finally {
    await Promise.allSettled(unfinished);
    for (const { usual } of V8_FLAGS) setFlagsFromString(usual);
  }
}

/**
 * What V8 does otherwise while rows are made. Old garbage is collected when the heap has grown by half: what lives is
 * small, and the heap could grow to a multiple. And the dozen small methods that write a row may all be inlined in one.
 */
const V8_FLAGS = [
  { ours: '--heap-growing-percent=50', usual: '--heap-growing-percent=0' },
  {
    ours: '--max-inlined-bytecode-size-cumulative=4000',
    usual: '--max-inlined-bytecode-size-cumulative=920',
  },
] as const;

/** Tasks may never wait for anything: a progress line or Ctrl-C get their turn here. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
