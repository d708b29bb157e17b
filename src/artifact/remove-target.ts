import { lstatSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Removes a project's `target/`; of a symbolic link only the link. False: there was none. */
export function removeTarget(projectRoot: string): boolean {
  const folder = join(projectRoot, 'target');
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.isSymbolicLink()) unlinkSync(folder);
  else rmSync(folder, { recursive: true });
  return true;
}
