import { parentPort, workerData } from 'node:worker_threads';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { Generator, type GeneratorOutput, type GeneratorTask } from './generator.ts';

/** What a worker thread answers to a task. */
export type WorkerAnswer =
  | ({ readonly kind: 'done' } & GeneratorOutput)
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'crashed'; readonly message: string };

const port = parentPort;
if (port !== null) {
  const generator = new Generator(workerData);
  port.on('message', (task: GeneratorTask) => {
    void answer(generator, task).then((message) => port.postMessage(message));
  });
}

async function answer(generator: Generator, task: GeneratorTask): Promise<WorkerAnswer> {
  try {
    return { kind: 'done', ...(await generator.run(task)) };
  } catch (error) {
    if (error instanceof DiagnosticError) return { kind: 'refused', diagnostics: error.diagnostics };
    return {
      kind: 'crashed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
