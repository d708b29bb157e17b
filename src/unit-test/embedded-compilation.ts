import { type Compilation, startCompilation } from '../compile/compilation.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { dialectOf } from '../dialect/registry.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** The dialect of the embedded engine, on which unit tests run whatever the target is. */
export const embeddedDialect = dialectOf('duckdb');

/** Begins a compilation for the embedded engine. */
export function embeddedCompilation(manifest: Manifest, report: Report): Compilation {
  const { project } = manifest;
  const target = { ...project.target, adapter: embeddedDialect.name };
  return startCompilation({ ...manifest, project: { ...project, target } }, embeddedDialect, report);
}

/** Why SQL of the embedded engine may give other rows the next time; empty where it cannot. */
export function embeddedNondeterminism(sql: string, { project }: Manifest): readonly string[] {
  const declared = new Set(project.deterministicFunctions.map((name) => name.toLowerCase()));
  const doubts = embeddedDialect.nondeterminism(embeddedDialect.tokenize(sql), declared);
  return doubts.map(({ reason }) => reason);
}
