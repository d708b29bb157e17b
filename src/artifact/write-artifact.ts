import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an artifact into `target/` of a project; a reader finds the former one or the whole new one, never half. */
export function writeArtifact(
  projectRoot: string,
  name: 'manifest.json' | 'run_results.json',
  content: string,
): void {
  const folder = join(projectRoot, 'target');
  const scratch = join(folder, `.${name}.${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(scratch, content);
  renameSync(scratch, join(folder, name));
}
