import type { NodeFinding } from '../compile/portability/lint-compiled.ts';
import { counted } from '../diagnostic/counted.ts';
import { type Report, stopOnErrors } from '../diagnostic/diagnostic.ts';
import { lintedDialect } from '../dialect/registry.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { CompiledProject } from './compiled-project.ts';
import type { RunOptions } from './run-input.ts';
import { unknownColumns } from './unknown-columns.ts';

/** What a lint found, and of how much. */
export interface LintResult {
  readonly findings: readonly NodeFinding[];
  /** `29 models and 343 tests for redshift`. */
  readonly linted: string;
}

/** The same project on the engine that the portability lint is about. */
export function onLintedEngine(dag: Dag): Dag {
  const { project } = dag.manifest;
  const adapter = lintedDialect(project.target.adapter).name;
  const linted = { ...project, target: { ...project.target, adapter } };
  return { ...dag, manifest: { ...dag.manifest, project: linted } };
}

/** Lints what was compiled for the linted engine; `manifest` is that of the project's own target, by which columns are looked up. */
export async function lint(manifest: Manifest, compiled: CompiledProject): Promise<LintResult> {
  const { selection, models, dataTests, dialect } = compiled;
  const selected = [...selection.nodes].flatMap((id) => manifest.nodes.get(id) ?? []);
  const columns = await unknownColumns(selected, { manifest });
  const portability = await lintSelected(compiled, { builds: true, tests: true });
  const linted = [...models.keys()].filter((id) => selection.nodes.has(id));
  const count = `${counted(linted.length, 'model')} and ${counted(dataTests.size, 'test')}`;
  return {
    findings: [...columns.map((column) => ({ ...column, page: undefined })), ...portability],
    linted: `${count} for ${dialect.name}`,
  };
}

/** On an engine with a portability lint, refuses what it would refuse of the nodes that a run builds and tests. */
export async function refuseUnportable(
  compiled: CompiledProject,
  options: Pick<RunOptions, 'builds' | 'tests'>,
  warn: Report,
): Promise<void> {
  if (compiled.dialect.supports.portabilityLint !== true) return;
  const findings = await lintSelected(compiled, options);
  const found = findings.map(({ diagnostic }) => diagnostic);
  stopOnErrors(found);
  for (const warning of found) warn(warning);
}

/** Lints the selected nodes of the kinds that are built and tested. */
async function lintSelected(
  { dag, dialect, selection, models, dataTests }: CompiledProject,
  { builds, tests }: Pick<RunOptions, 'builds' | 'tests'>,
): Promise<readonly NodeFinding[]> {
  const { lintCompiled } = await import('../compile/portability/lint-compiled.ts');
  const nodes = [...(builds ? models.values() : []), ...(tests ? dataTests.values() : [])];
  const selected = nodes.filter(({ node }) => selection.nodes.has(node.uniqueId));
  return lintCompiled(selected, { manifest: dag.manifest, dialect });
}
