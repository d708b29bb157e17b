import { setFlagsFromString } from 'node:v8';
import type { Landing } from '../landing/landing.ts';
import { partSize } from '../landing/part-size.ts';
import { BatchWriter } from '../landing/write-batch.ts';
import { type BatchSink, batchHead, type GeneratorTask } from './generate-batch.ts';
import type { GeneratorWork } from './generator-message.ts';
import { GeneratorThread } from './generator-thread.ts';
import { makeBatches } from './make-batches.ts';
import type { SeedOptions } from './seed-context.ts';
import { takeTasks, taskQueue } from './task-queue.ts';

/** What was written for one partition. */
export interface GeneratedBatch {
  readonly rows: number;
  readonly csvBytes: number;
}

export interface TaskRun {
  readonly landing: Landing;
  readonly options: SeedOptions;
  /** So many threads make rows, this one among them. */
  readonly threads: number;
  /** Told after each task. */
  readonly done: (task: GeneratorTask, batch: GeneratedBatch) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Does all tasks; the first failure or abort stops them. Every thread makes rows, compresses and hashes them in one go;
 * this one also writes what all have made to the landing zone.
 */
export async function runTasks(run: TaskRun, tasks: readonly GeneratorTask[]): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(run.signal === undefined ? [] : [run.signal])]);
  const { landing, options } = run;
  const threads = Math.min(run.threads, tasks.length);
  const batchesAtOnce = Math.ceil(landing.batchesAtOnce / threads);
  const setup = { options, size: partSize(landing.slices), batchesAtOnce };
  const queue = taskQueue(tasks.length);
  const taskAt = (place: number) => tasks[place] ?? noTask(place);
  const work = { setup, queue, ...plainTasks(tasks) };
  const ownTasks = function* () {
    for (const place of takeTasks(queue, 'back')) yield taskAt(place);
  };
  const others: GeneratorThread[] = [];
  let own: Promise<void> | undefined;
  for (const { ours } of V8_FLAGS) setFlagsFromString(ours);
  try {
    while (others.length + 1 < threads)
      others.push(new GeneratorThread(work, (place) => sinkOf(run, taskAt(place))));
    own = makeBatches(setup, ownTasks(), (task) => sinkOf(run, task), signal);
    const all = Promise.all([own, ...others.map(({ finished }) => finished)]);
    await Promise.race([all, aborted(signal)]);
  } finally {
    failure.abort();
    await Promise.allSettled([own, ...others.map((thread) => thread.stop())]);
    for (const { usual } of V8_FLAGS) setFlagsFromString(usual);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Tasks as another thread can be told of them: a seed's functions stay where they are. */
function plainTasks(tasks: readonly GeneratorTask[]): Pick<GeneratorWork, 'seeds' | 'tasks'> {
  const seeds = [...new Set(tasks.map(({ seed }) => seed))];
  return {
    seeds: seeds.map(({ table, root, path }) => ({ table, root, path })),
    tasks: tasks.map(({ seed, partition }) => ({ seed: seeds.indexOf(seed), partition })),
  };
}

function sinkOf({ landing, done }: TaskRun, task: GeneratorTask): BatchSink {
  const batch = new BatchWriter(landing, batchHead(task));
  let csvBytes = 0;
  return {
    store: (parts) => {
      for (const part of parts) csvBytes += part.csvBytes;
      return batch.store(parts);
    },
    publish: async () => {
      const { entries } = await batch.publish();
      done(task, { rows: entries.reduce((sum, { rows }) => sum + rows, 0), csvBytes });
    },
    abandon: () => batch.abandon(),
  };
}

function noTask(place: number): never {
  throw new Error(`This is a bug: there is no task ${place}.`);
}

/**
 * What V8 does otherwise while rows are made, in all threads. Old garbage is collected when the heap has grown by half:
 * what lives is small, and the heap could grow to a multiple. And the dozen small methods that write a row may all be
 * inlined in one.
 */
const V8_FLAGS = [
  { ours: '--heap-growing-percent=50', usual: '--heap-growing-percent=0' },
  {
    ours: '--max-inlined-bytecode-size-cumulative=4000',
    usual: '--max-inlined-bytecode-size-cumulative=920',
  },
] as const;
