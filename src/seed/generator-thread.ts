import type { Worker } from 'node:worker_threads';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { startWorkerThread } from '../project/worker-thread.ts';
import type { BatchSink } from './generate-batch.ts';
import type { GeneratorMessage, GeneratorWork } from './generator-message.ts';

/** A thread that makes batches beside this one, which stores them. */
export class GeneratorThread {
  /** Fulfilled when it has found no more tasks and its batches are visible; rejected by its first failure. */
  readonly finished: Promise<void>;
  readonly #worker: Worker;
  readonly #sinkOf: (task: number) => BatchSink;
  /** The batches that are not visible yet, by their tasks. */
  readonly #sinks = new Map<number, BatchSink>();

  constructor(work: GeneratorWork, sinkOf: (task: number) => BatchSink) {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES };
    this.#sinkOf = sinkOf;
    this.#worker = startWorkerThread('generator-worker', import.meta.url, {
      workerData: work,
      resourceLimits,
    });
    this.finished = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: GeneratorMessage) => {
        if (message.kind === 'finished') resolve();
        else if (message.kind === 'failed') reject(new DiagnosticError(message.diagnostics));
        else this.#serve(message).catch(reject);
      });
      this.#worker.on('messageerror', reject);
      this.#worker.on('error', reject);
      this.#worker.on('exit', () => reject(new Error('A thread that generates has ended by itself.')));
    });
    this.finished.catch(() => undefined);
  }

  /** Ends the thread wherever it is, unheard from now on; fulfilled when nothing of its batches is being written any more. */
  async stop(): Promise<void> {
    this.#worker.removeAllListeners('message');
    await this.#worker.terminate();
    await Promise.all([...this.#sinks.values()].map((sink) => sink.abandon()));
  }

  async #serve(message: Extract<GeneratorMessage, { readonly id: number }>): Promise<void> {
    const { task } = message;
    const sink = this.#sinks.get(task) ?? this.#sinkOf(task);
    this.#sinks.set(task, sink);
    if (message.kind === 'parts') await sink.store(message.parts);
    else {
      await sink.publish();
      this.#sinks.delete(task);
    }
    this.#worker.postMessage(message.id);
  }
}

/** All that such a thread makes but compressed parts is short-lived. */
const YOUNG_MEGABYTES = 4;
