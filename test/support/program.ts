import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtProgram } from './program-build.ts';

/** How a start of the program ended; a process that a signal killed has no code. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  /** Beside PATH and HOME, all that the program sees of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** It is killed after so long; what a test with the usual time limit leaves it. */
  readonly timeoutMs?: number;
}

/** A start of the program that is still running. */
export interface RunningProgram {
  readonly process: ChildProcess;
  readonly end: Promise<ProgramEnd>;
  /** Resolves when stdout or stderr holds the text; fails when the program ends without it. */
  readonly says: (text: string) => Promise<void>;
}

const USUAL_TIMEOUT_MS = 50_000;

/** Runs the program on words, `model ls --output json`, and waits for its end. */
export function model(words: string | readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  return startModel(words, options).end;
}

/** Starts the program on words. */
export function startModel(words: string | readonly string[], options: ProgramOptions): RunningProgram {
  const args = typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [programFile(), ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs ?? USUAL_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const end = new Promise<ProgramEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
  const said = (text: string) => output.stdout.includes(text) || output.stderr.includes(text);
  const says = async (text: string) => {
    while (!said(text)) {
      const ended = await Promise.race([end, sleep(20, undefined)]);
      if (ended !== undefined && !said(text))
        throw new Error(`The program ended without saying "${text}":\n${output.stdout}${output.stderr}`);
    }
  };
  return { process: child, end, says };
}

/** The file that `bin/model.js` imports. */
export function programFile(): string {
  return join(builtProgram(), 'dist', 'cli', 'main.js');
}
