import { invocationArguments } from './artifact/invocation-arguments.ts';
import { filesOf, writeCompiled, writeResults } from './artifact/write-run.ts';
import { startCompilation } from './compile/compilation.ts';
import { compileManifest } from './compile/compile.ts';
import type { CompiledNode } from './compile/compiled-node.ts';
import type { NodeFinding } from './compile/portability/lint-compiled.ts';
import { type CompiledTest, compileDataTests } from './data-test/compile-data-test.ts';
import { genericTests } from './data-test/generic-tests.ts';
import { counted } from './diagnostic/counted.ts';
import { type Report, stage } from './diagnostic/diagnostic.ts';
import type { Dialect } from './dialect/dialect.ts';
import { dialectOf, lintedDialect } from './dialect/registry.ts';
import { buildDag, type Dag } from './manifest/dag.ts';
import type { ModelNode } from './manifest/node.ts';
import { parseManifest } from './manifest/parse.ts';
import { type Selection, type SelectionFlags, select } from './manifest/select.ts';
import { type LoadOptions, loadProject } from './project/load.ts';
import { moduleLoader } from './project/typescript-module.ts';
import type { Tell } from './run/event.ts';
import { expectedResults } from './run/expected-results.ts';
import type { LandOptions } from './run/land.ts';
import { run } from './run/run.ts';
import { newRunIdentity } from './run/run-identity.ts';
import type { RunOptions } from './run/run-input.ts';
import { type RunSummary, summarize } from './run/run-summary.ts';
import { unknownColumns } from './run/unknown-columns.ts';
import { seedApi } from './seed/seed-api.ts';
import { type CompiledUnitTest, compileUnitTests } from './unit-test/compile-unit-tests.ts';

export { type Diagnostic, DiagnosticError, type Report } from './diagnostic/diagnostic.ts';
export type { RunEvent, Tell } from './run/event.ts';
export type { RunSummary } from './run/run-summary.ts';
export { type CsvCell, csvCell, type SeedValue } from './seed/csv-cell.ts';
export type { CsvWriter } from './seed/csv-writer.ts';
export { defineSeed, type SeedDefinition } from './seed/define-seed.ts';
export { hashBits, hashUnit, Random, scramble } from './seed/random.ts';
export { dayNumber, isoDay, type SeedContext, type SeedOptions } from './seed/seed-context.ts';

/** Which project to read, and how. */
export interface ProjectRequest extends LoadOptions {
  /** False refuses to run TypeScript of the project. */
  readonly projectCode: boolean;
}

/** A project that has been compiled: what was selected, as SQL with markers for relations. */
export interface CompiledProject {
  readonly dag: Dag;
  readonly dialect: Dialect;
  readonly selection: Selection;
  /** Selected models and the models that they read, by unique id. */
  readonly models: ReadonlyMap<string, CompiledNode<ModelNode>>;
  /** Selected data tests, by unique id. */
  readonly dataTests: ReadonlyMap<string, CompiledTest>;
  /** Selected unit tests, by unique id, compiled for the embedded engine. */
  readonly unitTests: ReadonlyMap<string, CompiledUnitTest>;
  /** Where a target publishes nothing untested, the tests of selected models that are not selected themselves. */
  readonly guards: ReadonlyMap<string, CompiledTest>;
}

/** What a lint found, and of how much. */
export interface LintResult {
  readonly findings: readonly NodeFinding[];
  /** `29 models and 343 tests for redshift`. */
  readonly linted: string;
}

/** What to run, and whom to tell. */
export interface RunRequest extends ProjectRequest, Omit<RunOptions, 'threads'>, LandOptions {
  readonly selection: SelectionFlags;
  readonly tell: Tell;
  readonly warn: Report;
  readonly signal: AbortSignal;
}

/**
 * Reads a project: files → Project → Manifest → Dag.
 * Throws a DiagnosticError with all mistakes of the first stage that has one.
 */
export async function readProject(request: ProjectRequest, warn: Report): Promise<Dag> {
  const project = await stage((report) => loadProject(request, report), warn);
  const dialect = dialectOf(project.target.adapter);
  const library = async () => seedApi;
  const loadModule = moduleLoader({ root: project.root, allowed: request.projectCode, library });
  const manifest = await stage(
    (report) => parseManifest(project, { dialect, genericTests, loadModule }, report),
    warn,
  );
  return stage((report) => buildDag(manifest, report), warn);
}

/** Compiles what the flags select: Dag → Selection → CompiledNode[]. */
export async function compileProject(
  dag: Dag,
  flags: SelectionFlags,
  warn: Report,
): Promise<CompiledProject> {
  const { manifest } = dag;
  const dialect = dialectOf(manifest.project.target.adapter);
  const selection = await stage((report) => select(dag, flags, report), warn);
  return stage((report) => {
    const compilation = startCompilation(manifest, dialect, report);
    const models = compileManifest(compilation, withParents(dag, selection));
    const dataTests = compileDataTests(compilation, selection.nodes);
    const unitTests = compileUnitTests({ manifest, models, report }, selection.nodes);
    const guards = compileDataTests(compilation, guardingTests(dag, selection));
    return { dag, dialect, selection, models, dataTests, unitTests, guards };
  }, warn);
}

/** Compiles what the flags select for the engine that the portability lint is about, and lints it. */
export async function lintProject(dag: Dag, flags: SelectionFlags, warn: Report): Promise<LintResult> {
  const { manifest } = dag;
  const { target } = manifest.project;
  const adapter = lintedDialect(target.adapter).name;
  const project = { ...manifest.project, target: { ...target, adapter } };
  const compiled = await compileProject({ ...dag, manifest: { ...manifest, project } }, flags, warn);
  const selected = [...compiled.models.keys()].filter((id) => compiled.selection.nodes.has(id));
  const count = `${counted(selected.length, 'model')} and ${counted(compiled.dataTests.size, 'test')}`;
  const selectedNodes = [...compiled.selection.nodes].flatMap((id) => manifest.nodes.get(id) ?? []);
  const columns = await unknownColumns(selectedNodes, { manifest });
  const portability = await lintSelected(compiled, { builds: true, tests: true });
  const findings = [...columns.map((column) => ({ ...column, page: undefined })), ...portability];
  return { findings, linted: `${count} for ${compiled.dialect.name}` };
}

/** Runs a selection: CompiledProject → landed batches → Plan → RunResult[] → publication, summary. */
export async function runProject(request: RunRequest): Promise<RunSummary> {
  const { command, tell, warn, signal } = request;
  const clock = () => new Date();
  const startedAt = clock();
  const identity = newRunIdentity(startedAt);
  const dag = await readProject(request, warn);
  const compiled = await compileProject(dag, request.selection, warn);
  if (compiled.dialect.supports.portabilityLint === true) {
    const findings = await lintSelected(compiled, request);
    await stage((report) => told(findings, report), warn);
  }
  const files = filesOf(compiled);
  await writeCompiled(compiled, files);
  const { target, environment } = dag.manifest.project;
  const options = { ...request, threads: target.threads };
  const nodes = await expectedResults({ ...compiled, options }, request);
  const about = { command, target: target.name, environment, threads: target.threads, nodes };
  tell({ kind: 'run-started', at: startedAt, runId: identity.runId, ...about });
  tell({ kind: 'stage-note', at: clock(), message: compiledSentence(compiled) });

  const { results, published, sent } = await run(
    { ...compiled, identity, options, tell, warn, signal, clock },
    request,
  );

  const end = { startedAt, finishedAt: clock(), cancelled: signal.aborted, results, published };
  const summary = summarize({ runId: identity.runId, command, ...end });
  try {
    await writeResults(compiled, files, { summary, sent, args: invocationArguments(request) });
  } finally {
    tell({ kind: 'run-finished', at: summary.finishedAt, summary });
  }
  return summary;
}

/** What was compiled, in a sentence: `Compiled 29 models and 343 tests.` */
export function compiledSentence({ models, dataTests, unitTests }: CompiledProject, where = ''): string {
  const tests = dataTests.size + unitTests.size;
  return `Compiled ${counted(models.size, 'model')} and ${counted(tests, 'test')}${where}.`;
}

/** Lints the selected nodes of the kinds that are built and tested. */
async function lintSelected(
  { dag, dialect, selection, models, dataTests }: CompiledProject,
  { builds, tests }: Pick<RunOptions, 'builds' | 'tests'>,
): Promise<readonly NodeFinding[]> {
  const nodes = [...(builds ? models.values() : []), ...(tests ? dataTests.values() : [])];
  const { lintCompiled } = await import('./compile/portability/lint-compiled.ts');
  const selected = nodes.filter(({ node }) => selection.nodes.has(node.uniqueId));
  return lintCompiled(selected, { manifest: dag.manifest, dialect });
}

function told(findings: readonly NodeFinding[], report: Report): true {
  for (const { diagnostic } of findings) report(diagnostic);
  return true;
}

function guardingTests(dag: Dag, selection: Selection): ReadonlySet<string> {
  const { nodes, project } = dag.manifest;
  if (project.target.publishUntested) return new Set();
  const guarded = [...withParents(dag, selection)].flatMap((id) => dag.children(id));
  return new Set(
    guarded.filter((id) => {
      const node = nodes.get(id);
      return node?.resourceType === 'test' && node.config.severity === 'error' && !selection.nodes.has(id);
    }),
  );
}

function withParents(dag: Dag, { nodes }: Selection): ReadonlySet<string> {
  return new Set([...nodes, ...[...nodes].flatMap((id) => dag.parents(id))]);
}
