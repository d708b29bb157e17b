import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_FILE } from './project-root.ts';

/** An editor writes a file in several steps; this long nothing more has come, in milliseconds. */
const QUIET_MS = 30;
const POLL_MS = 300;
/** What else is written there is of no account: editors have files of their own on the way. */
const PROJECT_FILES = /\.(?:sql|ya?ml|csv|ts)$/;

/** How a folder watch learns of changes: told by the system, or by looking again and again. */
export type WatchManner = 'told' | 'polling';

/**
 * A folder watch tells which files of a project were saved. Each folder is watched by itself, so that files that an editor
 * replaces and folders that are new are seen everywhere; where the system has no more watches to give, it looks by itself.
 */
export class FolderWatch {
  readonly #root: string;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #folders: readonly string[];
  #events = 0;
  #wake: () => void = () => undefined;
  #poll: NodeJS.Timeout | undefined;

  /** Watches folders (paths from the root), all below them, and project.yml. */
  constructor(root: string, folders: readonly string[], manner: WatchManner = 'told') {
    this.#root = root;
    this.#folders = folders;
    if (manner === 'polling') this.#startPolling();
    else this.#follow();
  }

  /** From now on these folders are watched. */
  follow(folders: readonly string[]): void {
    this.#folders = folders;
    this.#follow();
  }

  /** Waits for files that were saved, added or removed since the last call, and gives their paths; none after an abort. */
  async changes(signal: AbortSignal): Promise<readonly string[]> {
    while (this.#changed.size === 0 && !signal.aborted) await this.#event(signal);
    for (let seen = -1; seen !== this.#events && !signal.aborted; ) {
      seen = this.#events;
      await sleep(QUIET_MS, undefined, { signal }).catch(() => undefined);
    }
    this.#follow();
    const changed = signal.aborted ? [] : [...this.#changed].sort();
    this.#changed.clear();
    return changed;
  }

  close(): void {
    clearInterval(this.#poll);
    for (const folder of [...this.#watchers.keys()]) this.#leave(folder);
  }

  #event(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #note(path: string): void {
    this.#changed.add(path);
    this.#events += 1;
    this.#wake();
  }

  /** Watches folders that are new, and no longer those that are gone. */
  #follow(): void {
    if (this.#poll !== undefined) return;
    const wanted = new Set(['.', ...foldersBelow(this.#root, this.#folders)]);
    for (const folder of [...this.#watchers.keys()]) if (!wanted.has(folder)) this.#leave(folder);
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#watch(folder);
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(join(this.#root, folder), (_, name) => this.#told(folder, name));
      watcher.on('error', () => void this.#leave(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#startPolling();
    }
  }

  #told(folder: string, name: string | null): void {
    if (name === null || (folder === '.' ? name !== PROJECT_FILE : isScratch(name))) return;
    const path = posix.join(folder, name);
    // A folder of this name may be another one now.
    const wasFolder = this.#leave(path);
    if (wasFolder || PROJECT_FILES.test(name) || isFolder(join(this.#root, path))) this.#note(path);
  }

  #leave(folder: string): boolean {
    this.#watchers.get(folder)?.close();
    return this.#watchers.delete(folder);
  }

  #startPolling(): void {
    if (this.#poll !== undefined) return;
    for (const folder of [...this.#watchers.keys()]) this.#leave(folder);
    let before = fileStates(this.#root, this.#folders);
    this.#poll = setInterval(() => {
      const now = fileStates(this.#root, this.#folders);
      for (const path of new Set([...before.keys(), ...now.keys()]))
        if (before.get(path) !== now.get(path)) this.#note(path);
      before = now;
    }, POLL_MS);
  }
}

/** The folders that are there, and all below them. */
function foldersBelow(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const below = entriesOf(root, folder)
      .filter((entry) => entry.isDirectory() && !isScratch(entry.name))
      .map(({ name }) => posix.join(folder, name));
    return [folder, ...foldersBelow(root, below)];
  });
}

/** What tells two states of a file apart, by path. */
function fileStates(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const files = foldersBelow(root, folders).flatMap((folder) =>
    entriesOf(root, folder)
      .filter((entry) => entry.isFile() && PROJECT_FILES.test(entry.name) && !isScratch(entry.name))
      .map(({ name }) => posix.join(folder, name)),
  );
  return new Map(
    [PROJECT_FILE, ...files].flatMap((path) => {
      const state = statSync(join(root, path), { throwIfNoEntry: false });
      return state === undefined ? [] : [[path, `${state.mtimeMs} ${state.size} ${state.ino}`] as const];
    }),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function entriesOf(root: string, folder: string) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Files that editors leave beside the one that they save, and folders that are no part of a project. */
function isScratch(name: string): boolean {
  return /^\.|~$|^node_modules$/.test(basename(name));
}
