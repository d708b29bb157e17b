import { pathToFileURL } from 'node:url';
import { type ProgramEnd, type ProgramOptions, programFile } from './program.ts';

let starts = 0;
let running = false;

/**
 * Runs the program on words in this process, which spares most of what a start costs. Not for tests of what only a process
 * has: signals, pipes, its death, secrets that it forgets, or another one beside it.
 */
export async function modelHere(
  words: string | readonly string[],
  { cwd, env = {} }: Omit<ProgramOptions, 'timeoutMs'>,
): Promise<ProgramEnd> {
  if (running) throw new Error('The program is running in this process already.');
  running = true;
  const args = typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words;
  const output = { stdout: '', stderr: '' };
  const restore = playProcess({ args, cwd, env, output });
  try {
    await import(/* @vite-ignore */ `${pathToFileURL(programFile())}?start=${starts++}`);
    return { code: Number(process.exitCode), ...output };
  } finally {
    restore();
    running = false;
  }
}

interface Role {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly output: { stdout: string; stderr: string };
}

/** Makes this process look like one that was started for the program; gives what undoes it. */
function playProcess({ args, cwd, env, output }: Role): () => void {
  const { PATH = '', HOME = '' } = process.env;
  const undo = [
    keepListeners(process),
    ...[process.stdout, process.stderr].map(keepListeners),
    replaceEnvironment({ PATH, HOME, ...env }),
    changeFolder(cwd),
    replace(process, 'argv', [process.execPath, programFile(), ...args]),
    replace(process, 'exitCode', undefined),
    replace(process.stdout, 'write', writingInto(output, 'stdout')),
    replace(process.stderr, 'write', writingInto(output, 'stderr')),
  ];
  return () => {
    for (const step of undo.reverse()) step();
  };
}

/** Sees to it that listeners which are added from now on are taken away again. */
function keepListeners(emitter: NodeJS.EventEmitter): () => void {
  const before = new Map(emitter.eventNames().map((name) => [name, emitter.rawListeners(name)]));
  return () => {
    for (const name of emitter.eventNames()) {
      for (const listener of emitter.rawListeners(name).slice(before.get(name)?.length ?? 0))
        emitter.off(name, listener as () => void);
    }
  };
}

function replaceEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  const set = (environment: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  };
  set(variables);
  return () => set(before);
}

function changeFolder(folder: string): () => void {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
}

function replace<Of, Key extends keyof Of>(of: Of, key: Key, value: Of[Key]): () => void {
  const before = of[key];
  of[key] = value;
  return () => {
    of[key] = before;
  };
}

function writingInto(output: Role['output'], name: keyof Role['output']): NodeJS.WriteStream['write'] {
  return (text: string | Uint8Array) => {
    output[name] += String(text);
    return true;
  };
}
