import { createHash, type Hash } from 'node:crypto';
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** A digest of files by their names, sizes, numbers and times. */
export interface FileFingerprint {
  readonly digest: string;
  /** When the last of the files or folders changed, in ms; a folder changes when a file comes or goes. */
  readonly changedAt: number;
}

/**
 * The fingerprint of all files at some paths below a root, whatever their kind; hidden files and `node_modules` are left out.
 * A file that is added, removed, edited, replaced or touched makes it another one, if the clock of the file system went on
 * in between. Undefined where there is a link, whose other end is not looked after, or where something cannot be read.
 */
export function fileFingerprint(root: string, paths: readonly string[]): FileFingerprint | undefined {
  const walk: Walk = { root, hash: createHash('sha256'), changedAt: 0 };
  try {
    for (const path of [...new Set(paths)].sort()) addPath(walk, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
  return Number.isFinite(walk.changedAt)
    ? { digest: walk.hash.digest('hex'), changedAt: walk.changedAt }
    : undefined;
}

interface Walk {
  readonly root: string;
  readonly hash: Hash;
  /** Infinite once there was a link. */
  changedAt: number;
}

function addPath(walk: Walk, path: string): void {
  const stats = statSync(join(walk.root, path), { throwIfNoEntry: false });
  if (stats === undefined) walk.hash.update(`${path}\0missing\n`);
  else if (stats.isDirectory()) addFolder(walk, path);
  else addFile(walk, path, stats);
}

function addFolder(walk: Walk, path: string): void {
  const folder = join(walk.root, path);
  walk.changedAt = Math.max(walk.changedAt, changeOf(statSync(folder)));
  walk.hash.update(`${path}\0folder\n`);
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort(byName)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const below = path === '.' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) addFolder(walk, below);
    else if (entry.isFile()) addFile(walk, below, statSync(join(walk.root, below)));
    else walk.changedAt = Number.POSITIVE_INFINITY;
  }
}

function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : 1;
}

function addFile(walk: Walk, path: string, stats: Stats): void {
  const { size, mtimeMs, ctimeMs, ino } = stats;
  walk.changedAt = Math.max(walk.changedAt, changeOf(stats));
  walk.hash.update(`${path}\0${size} ${ino} ${mtimeMs} ${ctimeMs}\n`);
}

/** The last moment at which it can have changed: a time in whole seconds is one of a coarse clock. */
function changeOf({ ctimeMs }: Stats): number {
  return Number.isInteger(ctimeMs / 1_000) ? ctimeMs + 2_000 : ctimeMs;
}
