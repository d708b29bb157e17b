import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of SQL below the project: its path from the project root (with `/`) and its text. */
export interface SqlFile {
  readonly path: string;
  readonly text: string;
}

export interface WrittenFiles {
  readonly written: number;
  readonly removed: number;
}

/**
 * Brings a folder of SQL files (`target/compiled`) up to date: writes the files whose content differs, removes the
 * `.sql` files that are not in `keep`, and the folders that this leaves empty. Paths are from the project root.
 */
export function updateSqlFiles(
  projectRoot: string,
  folder: string,
  files: readonly SqlFile[],
  keep: ReadonlySet<string>,
): WrittenFiles {
  const present = new Set<string>();
  const removed = removeStale(folder, { projectRoot, keep, present });
  return { written: writeDiffering(projectRoot, files, present), removed };
}

function writeDiffering(
  projectRoot: string,
  files: readonly SqlFile[],
  present: ReadonlySet<string>,
): number {
  const folders = new Set<string>();
  let written = 0;
  for (const { path, text } of files) {
    const file = join(projectRoot, path);
    const bytes = Buffer.from(text);
    if (present.has(path) && holds(file, bytes)) continue;
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(file, bytes);
    written += 1;
  }
  return written;
}

function holds(file: string, bytes: Buffer): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === bytes.length && readFileSync(file).equals(bytes);
}

interface Sweep {
  readonly projectRoot: string;
  readonly keep: ReadonlySet<string>;
  /** Takes the paths of the files that stay. */
  readonly present: Set<string>;
}

/** Removes stale files depth first, and folders that become empty; links are left alone. */
function removeStale(folder: string, sweep: Sweep): number {
  const { projectRoot, keep, present } = sweep;
  let removed = 0;
  for (const entry of entriesOf(join(projectRoot, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) removed += removeStale(path, sweep);
    else if (!entry.isFile() || !entry.name.endsWith('.sql') || keep.has(path)) present.add(path);
    else {
      rmSync(join(projectRoot, path));
      removed += 1;
    }
  }
  if (removed > 0 && readdirSync(join(projectRoot, folder)).length === 0)
    rmdirSync(join(projectRoot, folder));
  return removed;
}

function entriesOf(folder: string) {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true ? readdirSync(folder, { withFileTypes: true }) : [];
}
