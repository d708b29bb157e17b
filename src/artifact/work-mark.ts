import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A mark says which process works in a folder. */
export interface WorkMark {
  /** Takes the mark away; true if no other process worked there meanwhile. */
  readonly release: () => boolean;
}

/** Sets this process's mark. A mark of a process that has ended counts for nothing. */
export function setWorkMark(file: string): WorkMark {
  const own = String(process.pid);
  const others = !isFirst(file, own);
  return {
    release: () => {
      const kept = textOf(file) === own;
      if (kept) rmSync(file, { force: true });
      return kept && !others;
    },
  };
}

/** Two processes that start at once cannot both be first. */
function isFirst(file: string, own: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, own, { flag: 'wx' });
    return true;
  } catch {
    const other = Number(textOf(file));
    writeFileSync(file, own);
    return !isAlive(other);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
