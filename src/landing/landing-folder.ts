import { type Dir, lstatSync, opendirSync } from 'node:fs';
import { join } from 'node:path';
import {
  crowdedLandingFolder,
  symlinkInLanding,
  unsafeLandingPath,
} from '../diagnostic/catalogue/landing.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';

const MOST_ENTRIES = 100_000;

/** What a folder of a landing zone holds. */
export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** The local path of an object below a root; throws a DiagnosticError where it would leave the root, by dots or by links. */
export function localPath(root: string, path: string): string {
  let resolved = root;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..' || /[\\\0]/.test(segment)) {
      refuse(unsafeLandingPath({ address: root, path }));
    }
    resolved = join(resolved, segment);
    if (isSymbolicLink(resolved)) refuse(symlinkInLanding({ address: root, path }));
  }
  return resolved;
}

/** What is in a folder below a root, in order of name; nothing where there is none. */
export function folderEntries(root: string, path: string): readonly FolderEntry[] {
  return [...walkFolder(root, path)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same in the order of the file system, as far as it is asked for. Throws a DiagnosticError at a symbolic link. */
export function* walkFolder(root: string, path: string): Iterable<FolderEntry> {
  const folder = open(root, path);
  if (folder === undefined) return;
  try {
    let walked = 0;
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isSymbolicLink()) refuse(symlinkInLanding({ address: root, path: below }));
      if (walked++ === MOST_ENTRIES)
        refuse(crowdedLandingFolder({ address: root, path, limit: MOST_ENTRIES }));
      yield { name: entry.name, folder: entry.isDirectory() };
    }
  } finally {
    folder.closeSync();
  }
}

function open(root: string, path: string): Dir | undefined {
  try {
    return opendirSync(path === '' ? root : localPath(root, path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isSymbolicLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function refuse(diagnostic: Diagnostic): never {
  throw new DiagnosticError([diagnostic]);
}
