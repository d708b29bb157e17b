import { readFileSync } from 'node:fs';
import { sep } from 'node:path';

/** Modules by file, as the compiler keeps them for the whole process. */
export type ModuleCache = Record<string, unknown>;

/** The text that each module of a project had when it was loaded, by file. */
const loaded = new Map<string, string | undefined>();

/**
 * Forgets the modules of a project when the text of one has changed since it was loaded, so that a process that lives on sees
 * the edit; otherwise they stay, and what they share stays shared. Packages are left alone.
 */
export function forgetChangedModules(cache: ModuleCache, root: string): void {
  const own = modulesBelow(cache, root);
  if (own.every((file) => loaded.get(file) === textOf(file))) return;
  for (const file of own) {
    delete cache[file];
    loaded.delete(file);
  }
}

/** Remembers the texts of a project's modules that were loaded just now. */
export function rememberModules(cache: ModuleCache, root: string): void {
  for (const file of modulesBelow(cache, root)) if (!loaded.has(file)) loaded.set(file, textOf(file));
}

function modulesBelow(cache: ModuleCache, root: string): readonly string[] {
  return Object.keys(cache).filter(
    (file) => file.startsWith(root + sep) && !file.includes(`${sep}node_modules${sep}`),
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
