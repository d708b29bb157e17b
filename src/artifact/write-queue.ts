import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of SQL below the project: its path from the project root (with `/`) and its text. */
export interface SqlFile {
  readonly path: string;
  readonly text: string;
}

/** Files that are to be written, by one thread or by two: one takes them from the front, the other from the back. */
export interface WriteQueue {
  readonly projectRoot: string;
  readonly files: readonly SqlFile[];
  /** The paths of files that may hold the right text already. */
  readonly present: ReadonlySet<string>;
  /** How many files have been taken; all threads count here. */
  readonly taken: Int32Array;
}

export function writeQueue(
  projectRoot: string,
  files: readonly SqlFile[],
  present: ReadonlySet<string>,
): WriteQueue {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  return { projectRoot, files, present, taken };
}

/** Writes files from one end of the queue until all are taken, those whose content differs; gives how many it wrote. */
export function writeQueued(queue: WriteQueue, end: 'front' | 'back'): number {
  const { projectRoot, files, present, taken } = queue;
  const folders = new Set<string>();
  let written = 0;
  for (let own = 0; Atomics.add(taken, 0, 1) < files.length; own++) {
    const next = files.at(end === 'front' ? own : -1 - own);
    if (next === undefined) break;
    const file = join(projectRoot, next.path);
    const bytes = Buffer.from(next.text);
    if (present.has(next.path) && holds(file, bytes)) continue;
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
