import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './scratch.js';

/** Moves what a run wrote out of the way: to write where many files were just deleted is slow on some file systems. */
export function mover() {
  const aside = scratchFolder();
  let moved = 0;
  return (folder) => {
    if (existsSync(folder)) renameSync(folder, join(aside, String(moved++)));
  };
}
