import { type Compilation, startCompilation } from '../compile/compilation.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** Begins a compilation for the embedded engine, whatever engine the project's target has. */
export function embeddedCompilation(manifest: Manifest, dialect: Dialect, report: Report): Compilation {
  const { project } = manifest;
  const target = { ...project.target, adapter: dialect.name };
  return startCompilation({ ...manifest, project: { ...project, target } }, dialect, report);
}
