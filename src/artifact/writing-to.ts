import { targetNotWritable } from '../diagnostic/catalogue/run.ts';
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
    throw new DiagnosticError([targetNotWritable({ path, reason: reasonOf(error) })]);
  }
}

function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** `no space left on device`, out of `ENOSPC: no space left on device, write`. */
function reasonOf({ message }: NodeJS.ErrnoException): string {
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}
