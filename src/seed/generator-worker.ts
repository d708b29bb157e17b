import { parentPort, workerData } from 'node:worker_threads';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { BatchSink, GeneratorTask } from './generate-batch.ts';
import type { GeneratorMessage, GeneratorWork } from './generator-message.ts';
import { makeBatches } from './make-batches.ts';
import { type LoadedSeed, loadSeedModule } from './seed-module.ts';
import { takeTasks } from './task-queue.ts';

/** A task and its place among all. */
interface PlacedTask extends GeneratorTask {
  readonly place: number;
}

const { setup, queue, seeds, tasks }: GeneratorWork = workerData;
const loaded = new Map<number, LoadedSeed>();
const answers = new Map<number, () => void>();
let asked = 0;

parentPort?.on('message', (id: number) => {
  answers.get(id)?.();
  answers.delete(id);
});
try {
  await makeBatches(setup, ownTasks(), sinkOf);
  tell({ kind: 'finished' });
} catch (error) {
  if (!(error instanceof DiagnosticError)) throw error;
  tell({ kind: 'failed', diagnostics: error.diagnostics });
} finally {
  parentPort?.close();
}

async function* ownTasks(): AsyncIterable<PlacedTask> {
  for (const place of takeTasks(queue, 'front')) {
    const task = tasks[place];
    if (task === undefined) return;
    yield { place, seed: await seedAt(task.seed), partition: task.partition, inputs: '' };
  }
}

async function seedAt(place: number): Promise<LoadedSeed> {
  const module = seeds[place];
  const seed = loaded.get(place) ?? (module && (await loadSeedModule(module)));
  if (seed === undefined) throw new Error('This is a bug: a task names a seed that there is not.');
  loaded.set(place, seed);
  return seed;
}

/** The thread that waits for this one writes to the landing zone. */
function sinkOf({ place: task }: PlacedTask): BatchSink {
  return {
    store: (parts) => ask((id) => ({ kind: 'parts', id, task, parts })),
    publish: () => ask((id) => ({ kind: 'publish', id, task })),
    abandon: () => Promise.resolve(),
  };
}

function ask(question: (id: number) => GeneratorMessage): Promise<void> {
  const id = asked++;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    tell(question(id));
  });
}

function tell(message: GeneratorMessage): void {
  parentPort?.postMessage(message);
}
