import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is removed when the program ends. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'model-bench-'));
  folders.push(folder);
  return folder;
}

/** A copy of the reference project without its data. */
export function referenceProject() {
  const root = scratchFolder();
  for (const path of ['project.yml', 'models', 'macros', 'seeds', 'test/data', 'test/unit'])
    cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return root;
}
