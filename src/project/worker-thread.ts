import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that runs `<name>.js` beside the caller's module (`import.meta.url`). Compiled, a worker is a module
 * like any other; from TypeScript sources, which Node 20 cannot run, jiti starts it.
 */
export function startWorkerThread(name: string, caller: string, options: WorkerOptions): Worker {
  const settings = { ...options, execArgv: [] };
  if (caller.endsWith('.js')) return new Worker(new URL(`./${name}.js`, caller), settings);
  const entry = fileURLToPath(new URL(`./${name}.ts`, caller));
  const jiti = createRequire(caller).resolve('jiti');
  const bootstrap = `require(${JSON.stringify(jiti)}).createJiti(${JSON.stringify(entry)}).import(${JSON.stringify(entry)})`;
  return new Worker(bootstrap, { ...settings, eval: true });
}
