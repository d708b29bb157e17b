import type { PartSize } from '../landing/part-size.ts';
import { CsvWriter } from './csv-writer.ts';
import { type BatchSink, type GeneratorTask, generateBatch } from './generate-batch.ts';
import { type SeedOptions, seedContext } from './seed-context.ts';
import { type LoadedSeed, preparedState } from './seed-module.ts';

/** What tasks have in common. */
export interface TaskSetup {
  readonly options: SeedOptions;
  readonly size: PartSize;
  /** So many batches of a thread may be on their way to the landing zone while it makes the next. */
  readonly batchesAtOnce: number;
}

/** Makes the batches of tasks one after the other; the first failure or abort stops them, and all that was begun has ended then. */
export async function makeBatches<Task extends GeneratorTask>(
  { options, size, batchesAtOnce }: TaskSetup,
  tasks: Iterable<Task> | AsyncIterable<Task>,
  sinkOf: (task: Task) => BatchSink,
  signal?: AbortSignal,
): Promise<void> {
  const context = seedContext(options);
  const tools = { writer: new CsvWriter(), context, size, signal };
  const unfinished: Promise<void>[] = [];
  let prepared: { readonly seed: LoadedSeed; readonly state: unknown } | undefined;
  try {
    for await (const task of tasks) {
      signal?.throwIfAborted();
      const { seed } = task;
      if (prepared?.seed !== seed) prepared = { seed, state: await preparedState(seed, context) };
      const { published } = await generateBatch(tools, task, prepared.state, sinkOf(task));
      published.catch(() => undefined);
      unfinished.push(published);
      if (unfinished.length > batchesAtOnce) await unfinished.shift();
    }
    await Promise.all(unfinished);
  } finally {
    await Promise.allSettled(unfinished);
  }
}
