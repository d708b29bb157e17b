import type { Worker } from 'node:worker_threads';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { startWorkerThread } from '../project/worker-thread.ts';
import type { WorkerAnswer } from './generation-worker.ts';
import { Generator, type GeneratorOutput, type GeneratorSetup, type GeneratorTask } from './generator.ts';

/** A generator's garbage is small and short-lived; left alone, every thread would let it grow to dozens of megabytes. */
const YOUNG_MEGABYTES = 8;

/** What is told after each task. */
export type TaskDone = (task: GeneratorTask, output: GeneratorOutput) => void;

/** Does all tasks on so many worker threads (0: in this one), in order; the first failure or abort stops them. */
export async function runTasks(
  setup: GeneratorSetup,
  tasks: readonly GeneratorTask[],
  workers: number,
  done: TaskDone,
  signal?: AbortSignal,
): Promise<void> {
  const queue = tasks.values();
  const lanes = Math.min(workers, tasks.length);
  if (lanes === 0) {
    const generator = new Generator(setup);
    await drain(queue, (task) => generator.run(task), done, signal);
    return;
  }
  const threads = Array.from({ length: lanes }, () => new WorkerThread(setup));
  try {
    await Promise.all(threads.map((thread) => drain(queue, (task) => thread.run(task), done, signal)));
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

async function drain(
  queue: Iterator<GeneratorTask>,
  run: (task: GeneratorTask) => Promise<GeneratorOutput>,
  done: TaskDone,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let next = queue.next(); next.done !== true; next = queue.next()) {
    signal?.throwIfAborted();
    done(next.value, await run(next.value));
    await breath();
  }
}

/** Tasks of this thread may never wait for anything: a progress line or Ctrl-C get their turn here. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A worker thread that does one task at a time. */
class WorkerThread {
  readonly #worker: Worker;
  #resolve: (output: GeneratorOutput) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(setup: GeneratorSetup) {
    this.#worker = startWorker(setup);
    this.#worker.on('message', (answer: WorkerAnswer) => accept(answer, this.#resolve, this.#reject));
    this.#worker.on('error', (error) => this.#reject(error));
    this.#worker.on('exit', (code) => this.#reject(new Error(`a generator thread ended with code ${code}`)));
  }

  run(task: GeneratorTask): Promise<GeneratorOutput> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#worker.postMessage(task);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

function accept(
  answer: WorkerAnswer,
  resolve: (output: GeneratorOutput) => void,
  reject: (error: unknown) => void,
): void {
  switch (answer.kind) {
    case 'done':
      resolve({ rows: answer.rows, csvBytes: answer.csvBytes });
      break;
    case 'refused':
      reject(new DiagnosticError(answer.diagnostics));
      break;
    case 'crashed':
      reject(new Error(answer.message));
  }
}

function startWorker(workerData: GeneratorSetup): Worker {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES };
  return startWorkerThread('generation-worker', import.meta.url, { workerData, resourceLimits });
}
