import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = new URL('../..', import.meta.url).pathname;
const BUILDS = join(REPOSITORY, 'node_modules', '.cache', 'model-program');
const OLD_MS = 3_600_000;

let built: string | undefined;

/**
 * The program as it is published, in a folder of its own: package.json, and dist/ bundled from src/ as it is when a test
 * file starts the program first. The folder is named by what it is made of, so it is made once, and a change of src/
 * leaves a running test alone.
 */
export function builtProgram(): string {
  built ??= build();
  return built;
}

function build(): string {
  const state = stateOfSources();
  const folder = join(BUILDS, state);
  if (existsSync(folder)) return inUse(folder);
  removeOldBuilds();
  const scratch = `${folder}.${process.pid}`;
  bundleInto(join(scratch, 'dist'));
  cpSync(join(REPOSITORY, 'package.json'), join(scratch, 'package.json'));
  if (stateOfSources() === state && rename(scratch, folder)) return folder;
  rmSync(scratch, { recursive: true });
  return build();
}

/** The folder, which counts as young again. */
function inUse(folder: string): string {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

/** A hash of all that a bundle is made of. */
function stateOfSources(): string {
  const modules = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('src', path));
  const hash = createHash('sha256');
  for (const path of ['package.json', 'package-lock.json', 'rolldown.config.js', ...modules.sort()])
    hash.update(`${path}\0${readFileSync(join(REPOSITORY, path), 'utf8')}\0`);
  return hash.digest('hex').slice(0, 24);
}

function bundleInto(dist: string): void {
  const rolldown = join(REPOSITORY, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  execFileSync(process.execPath, [rolldown, '--config', '--dir', dist], { cwd: REPOSITORY, stdio: 'pipe' });
}

/** Whether it could be renamed: another process may have been faster. */
function rename(scratch: string, folder: string): boolean {
  try {
    renameSync(scratch, folder);
    return true;
  } catch (error) {
    if (!existsSync(folder)) throw error;
    return false;
  }
}

function removeOldBuilds(): void {
  if (!existsSync(BUILDS)) return;
  for (const name of readdirSync(BUILDS)) {
    const old = join(BUILDS, name);
    if (Date.now() - statSync(old).mtimeMs > OLD_MS) rmSync(old, { recursive: true, force: true });
  }
}
