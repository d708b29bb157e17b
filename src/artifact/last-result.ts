import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { type FileFingerprint, fileFingerprint } from '../project/file-fingerprint.ts';
import { findProjectRoot, PROJECT_FILE } from '../project/project-root.ts';
import { isUnchanged, type VariablesRead, watchEnvironment } from '../project/watched-environment.ts';
import { packageVersion } from './package-version.ts';
import { setWorkMark } from './work-mark.ts';

/** A command whose result depends on the files of a project, its own flags and the environment, and on nothing else. */
export interface Repeatable extends Surroundings {
  readonly command: 'compile' | 'ls';
  readonly projectDir: string;
  /** Every flag that the result depends on. */
  readonly flags: object;
  /** When the process began, in ms: earlier than it read any file, by more than the clock of a file system ticks. */
  readonly startedAt: number;
  /** What it writes, from the root. */
  readonly outputs: readonly string[];
}

/** What the work reads variables from, and whom it tells secrets and warnings. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly hide: (secret: string) => void;
  readonly warn: Report;
}

export interface Result {
  /** What the command says at its end. */
  readonly text: string;
  /** The folders that the project is made of, from the root. */
  readonly folders: readonly string[];
}

/** Times of outputs are taken this long after the last change, so that a later change has another time. */
const TICK_MS = 20;

/**
 * Does a command's work, or tells again what it told the last time: when the program, the flags, the environment variables
 * that were read, every file of the project and every output are what they were. `target/cache` keeps one result a command.
 * The work must read variables from the environment that it is given.
 */
export async function repeatedResult(
  repeatable: Repeatable,
  work: (surroundings: Surroundings) => Promise<Result>,
): Promise<string> {
  const root = findProjectRoot(repeatable.projectDir);
  if (root === undefined) return (await work(repeatable)).text;
  const last = lastResult(root, repeatable);
  if (last === undefined) return newResult(root, repeatable, work);
  for (const warning of last.warnings) repeatable.warn(warning);
  return last.text;
}

interface LastResult {
  readonly key: string;
  readonly variables: VariablesRead;
  readonly inputs: PathsThen;
  readonly outputs: PathsThen;
  readonly warnings: readonly Diagnostic[];
  readonly text: string;
}

interface PathsThen {
  readonly paths: readonly string[];
  readonly digest: string;
}

function lastResult(root: string, repeatable: Repeatable): LastResult | undefined {
  try {
    const last = JSON.parse(readFileSync(resultFile(root, repeatable), 'utf8')) as LastResult;
    const isSame =
      last.key === keyOf(root, repeatable) &&
      isUnchanged(last.variables, repeatable.environment) &&
      [last.inputs, last.outputs].every(
        ({ paths, digest }) => fileFingerprint(root, paths)?.digest === digest,
      );
    return isSame ? last : undefined;
  } catch {
    return undefined;
  }
}

async function newResult(
  root: string,
  repeatable: Repeatable,
  work: (surroundings: Surroundings) => Promise<Result>,
): Promise<string> {
  const file = resultFile(root, repeatable);
  const mark = markIn(root);
  const warnings: Diagnostic[] = [];
  const secrets = new Set<string>();
  const { environment, read } = watchEnvironment(repeatable.environment);
  let alone = false;
  let result: Result;
  let inputs: Inputs;
  try {
    if (mark !== undefined) rmSync(file, { force: true });
    result = await work({
      environment,
      hide: noting(secrets, repeatable),
      warn: keeping(warnings, repeatable),
    });
    const tick = sleep(repeatable.outputs.length > 0 ? TICK_MS : 0);
    inputs = inputsOf(root, result);
    await tick;
  } finally {
    alone = mark?.release() ?? false;
  }
  const { text } = result;
  const { paths, fingerprint: then } = inputs;
  const after = fileFingerprint(root, repeatable.outputs);
  if (alone && isSettled(then, repeatable.startedAt) && isSettled(after, Date.now() - TICK_MS / 2)) {
    const content = JSON.stringify({
      key: keyOf(root, repeatable),
      variables: read(secrets),
      inputs: { paths, digest: then.digest },
      outputs: { paths: repeatable.outputs, digest: after.digest },
      warnings,
      text,
    } satisfies LastResult);
    if (![...secrets].some((secret) => content.includes(JSON.stringify(secret).slice(1, -1))))
      keep(file, content);
  }
  return text;
}

interface Inputs {
  readonly paths: readonly string[];
  readonly fingerprint: FileFingerprint | undefined;
}

/** What the result was made from, after it was read: what changed before this is not settled, what changes later is seen. */
function inputsOf(root: string, { folders }: Result): Inputs {
  const paths = [PROJECT_FILE, ...folders, ...ownModules(root)];
  return { paths, fingerprint: fileFingerprint(root, paths) };
}

/** Without a folder to write to, nothing is kept. */
function markIn(root: string) {
  try {
    return setWorkMark(join(root, 'target', 'cache', 'working'));
  } catch {
    return undefined;
  }
}

function noting(secrets: Set<string>, { hide }: Surroundings) {
  return (secret: string) => {
    secrets.add(secret);
    hide(secret);
  };
}

function keeping(warnings: Diagnostic[], { warn }: Surroundings): Report {
  return (warning) => {
    warnings.push(warning);
    warn(warning);
  };
}

/** Whether nothing changed at or after a moment (ms). */
function isSettled(fingerprint: FileFingerprint | undefined, moment: number): fingerprint is FileFingerprint {
  return fingerprint !== undefined && fingerprint.changedAt < moment;
}

function keep(file: string, content: string): void {
  const scratch = `${file}.${process.pid}`;
  writeFileSync(scratch, content);
  renameSync(scratch, file);
}

function resultFile(root: string, { command }: Repeatable): string {
  return join(root, 'target', 'cache', `${command}.json`);
}

/** A rebuilt program counts as another one. */
function keyOf(root: string, { flags }: Repeatable): string {
  const program = statSync(fileURLToPath(import.meta.url));
  return JSON.stringify([packageVersion(), program.mtimeMs, program.ctimeMs, process.version, root, flags]);
}

/**
 * The modules that a project's TypeScript loaded, which may lie beside its folders; of packages only what npm installed.
 */
function ownModules(root: string): readonly string[] {
  const modules = Object.keys(createRequire(import.meta.url).cache)
    .filter((path) => !path.includes(`${sep}node_modules${sep}`))
    .map((path) => relative(root, path));
  return modules.length === 0 ? [] : [...modules, 'node_modules/.package-lock.json'];
}
