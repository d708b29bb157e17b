import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The file that makes a folder a project. */
export const PROJECT_FILE = 'project.yml';

/** The nearest folder, from here upward, that holds a project.yml. */
export function findProjectRoot(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
