import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileForFolder, targetNotWritable } from '../diagnostic/catalogue/run.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';

/**
 * Does work that writes a file or folder of `target/`, named by its path from the project root.
 * Where the system refuses, a full disk included, throws a DiagnosticError that names it.
 */
export async function writingTo<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const file = error.code === 'ENOTDIR' || error.code === 'EEXIST' ? fileInTheWay(error.path) : undefined;
    throw new DiagnosticError([
      file === undefined
        ? targetNotWritable({ path, reason: reasonOf(error) })
        : fileForFolder({ path, file }),
    ]);
  }
}

/** The nearest thing on the way to a path, if it is no folder: nothing can be made below it. */
function fileInTheWay(path = ''): string | undefined {
  for (let at = path; dirname(at) !== at; at = dirname(at)) {
    const stats = statAt(at);
    if (stats !== undefined) return stats.isDirectory() ? undefined : at;
  }
  return undefined;
}

/** Undefined where there is nothing, also because there is a file further up. */
function statAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** `no space left on device`, out of `ENOSPC: no space left on device, write`. */
function reasonOf({ message }: NodeJS.ErrnoException): string {
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}
