import { hash } from 'node:crypto';
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { readText } from './file-text.ts';
import type { ProjectFile, ProjectFileKind } from './project.ts';

/** A folder that holds files of one kind of thing, with the place where project.yml names it. */
export interface RootFolder {
  readonly holds: 'models' | 'seeds' | 'macros' | 'tests';
  /** From the project root, with `/`. */
  readonly path: string;
  readonly span: Span;
  /** Named in project.yml rather than the default. */
  readonly named: boolean;
}

const KINDS: Readonly<Record<RootFolder['holds'], Readonly<Record<string, ProjectFileKind>>>> = {
  models: { sql: 'model', yml: 'properties', yaml: 'properties' },
  seeds: { csv: 'static-seed', ts: 'generated-seed', yml: 'properties', yaml: 'properties' },
  macros: { sql: 'macro', ts: 'typescript-macro', yml: 'properties', yaml: 'properties' },
  tests: { sql: 'singular-test', csv: 'fixture', yml: 'properties', yaml: 'properties' },
};

/** Modules that seeds and macros share are named with a leading underscore, and are no seeds or macros themselves. */
const SHARED_MODULE = /^_|\.d\.ts$/;

/**
 * Reads the files of a project in the order of their paths. Reading is synchronous: for thousands of small files
 * the thread pool costs more than the calls. Hidden files and `node_modules` are passed over; a link that leads
 * out of the root is refused.
 */
export function readProjectFiles(
  root: string,
  folders: readonly RootFolder[],
  report: Report,
): ProjectFile[] {
  const roots = new Set(folders.map((folder) => folder.path));
  const walk: Walk = { root, realRoot: realpathSync(root), roots, linked: new Set(), report };
  return distinctFolders(folders, report).flatMap((folder) => {
    if (leavesRoot(folder.path)) {
      report(catalogue.pathLeavesProject({ path: folder.path, span: folder.span }));
      return [];
    }
    if (!isFolder(join(root, folder.path))) {
      if (folder.named) report(catalogue.missingFolder({ path: folder.path, span: folder.span }));
      return [];
    }
    if (!staysInside(folder.path, walk)) return [];
    return readFolder(folder.path, [], folder.holds, walk);
  });
}

interface Walk {
  readonly root: string;
  readonly realRoot: string;
  readonly roots: ReadonlySet<string>;
  /** Real paths of the folders that links were followed to. */
  readonly linked: Set<string>;
  readonly report: Report;
}

function distinctFolders(folders: readonly RootFolder[], report: Report): RootFolder[] {
  const byPath = new Map<string, RootFolder>();
  for (const folder of folders) {
    const other = byPath.get(folder.path);
    if (other === undefined) byPath.set(folder.path, folder);
    else if (other.holds !== folder.holds)
      report(
        catalogue.sharedFolder({
          path: folder.path,
          first: other.holds,
          second: folder.holds,
          span: folder.span,
        }),
      );
  }
  return [...byPath.values()];
}

function readFolder(
  path: string,
  below: readonly string[],
  holds: RootFolder['holds'],
  walk: Walk,
): ProjectFile[] {
  const entries = readdirSync(join(walk.root, path), { withFileTypes: true }).toSorted(byName);
  const files: ProjectFile[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const entryPath = path === '.' ? entry.name : `${path}/${entry.name}`;
    if (entry.isSymbolicLink() && !staysInside(entryPath, walk)) continue;
    if (isFolderEntry(entry, entryPath, walk)) {
      if (!walk.roots.has(entryPath) && !(entry.isSymbolicLink() && isEnteredTwice(entryPath, walk)))
        files.push(...readFolder(entryPath, [...below, entry.name], holds, walk));
      continue;
    }
    const file = readProjectFile(entryPath, entry.name, below, holds, walk);
    if (file !== undefined) files.push(file);
  }
  return files;
}

/** Links between folders can go in circles, so each folder is entered by a link once. */
function isEnteredTwice(path: string, walk: Walk): boolean {
  const real = realPath(join(walk.root, path)) ?? path;
  const entered = walk.linked.has(real);
  walk.linked.add(real);
  return entered;
}

function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : 1;
}

function isFolderEntry(entry: Dirent, path: string, walk: Walk): boolean {
  return entry.isSymbolicLink() ? isFolder(join(walk.root, path)) : entry.isDirectory();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function leavesRoot(path: string): boolean {
  return path.startsWith('/') || path === '..' || path.startsWith('../') || /^[A-Za-z]:/.test(path);
}

function staysInside(path: string, walk: Walk): boolean {
  const real = realPath(join(walk.root, path));
  if (real === walk.realRoot || real?.startsWith(walk.realRoot + sep)) return true;
  walk.report(
    real === undefined
      ? catalogue.unreadableFile({ path, reason: 'it is a link to nothing' })
      : catalogue.pathLeavesProject({ path }),
  );
  return false;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function readProjectFile(
  path: string,
  name: string,
  folders: readonly string[],
  holds: RootFolder['holds'],
  walk: Walk,
): ProjectFile | undefined {
  const kind = kindOf(name, folders, holds);
  if (kind === undefined || (name.endsWith('.ts') && SHARED_MODULE.test(name))) return undefined;
  const file = readText(walk.root, path, kind === 'static-seed' ? 'as-is' : 'lf', walk.report);
  if (file === undefined) return undefined;
  const isModule = kind === 'generated-seed' || kind === 'typescript-macro';
  const source = isModule ? { path, text: '' } : file.source;
  return { kind, path, folders, sha256: hash('sha256', file.bytes), source };
}

function kindOf(
  name: string,
  folders: readonly string[],
  holds: RootFolder['holds'],
): ProjectFileKind | undefined {
  const kind = KINDS[holds][posix.extname(name).slice(1)];
  if (kind !== 'singular-test') return kind;
  if (folders.includes('fixtures')) return 'fixture';
  return folders[0] === 'generic' ? 'macro' : kind;
}
