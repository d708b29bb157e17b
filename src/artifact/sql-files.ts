import { once } from 'node:events';
import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as laterTurn } from 'node:timers/promises';
import { startWorkerThread } from '../project/worker-thread.ts';
import { type SqlFile, type WriteQueue, writeQueue, writeQueued } from './write-queue.ts';

export interface WrittenFiles {
  readonly written: number;
  readonly removed: number;
}

/**
 * Brings a folder of SQL files (`target/compiled`) up to date: writes the files whose content differs, removes the
 * `.sql` files that are not in `keep`, and the folders that this leaves empty. Paths are from the project root.
 * A second thread writes where there are many files; what the caller does before it waits goes on beside it.
 */
export async function updateSqlFiles(
  projectRoot: string,
  folder: string,
  files: readonly SqlFile[],
  keep: ReadonlySet<string>,
): Promise<WrittenFiles> {
  const present = new Set<string>();
  const removed = removeStale(folder, { projectRoot, keep, present });
  const queue = writeQueue(projectRoot, files, present);
  const isWorthThread = files.length >= WORTH_A_THREAD && availableParallelism() > 1;
  return { written: isWorthThread ? await writeOnTwoThreads(queue) : writeQueued(queue, 'back'), removed };
}

/** To start a thread takes as long as to write so many files. */
const WORTH_A_THREAD = 500;
/** All that the second thread makes is short-lived. */
const YOUNG_MEGABYTES = 4;

async function writeOnTwoThreads(queue: WriteQueue): Promise<number> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES };
  const worker = startWorkerThread('write-worker', import.meta.url, { workerData: queue, resourceLimits });
  const there: Promise<number[]> = once(worker, 'message');
  const [[written = 0], own] = await Promise.all([there, laterTurn().then(() => writeQueued(queue, 'back'))]);
  return written + own;
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
