import { invocationArguments } from './artifact/invocation-arguments.ts';
import { startCompilation } from './compile/compilation.ts';
import { compileDataTests } from './data-test/compile-data-test.ts';
import { genericTests } from './data-test/generic-tests.ts';
import { type Report, stage } from './diagnostic/diagnostic.ts';
import { dialectOf } from './dialect/registry.ts';
import { buildDag, type Dag } from './manifest/dag.ts';
import { parseManifest } from './manifest/parse.ts';
import { type SelectionFlags, select } from './manifest/select.ts';
import { type LoadOptions, loadProject } from './project/load.ts';
import { moduleLoader } from './project/typescript-module.ts';
import { compileSelected } from './run/compile-selected.ts';
import { type CompiledProject, compiledSentence } from './run/compiled-project.ts';
import type { Tell } from './run/event.ts';
import { guardingTests } from './run/guarding-tests.ts';
import type { LandOptions } from './run/land.ts';
import { type LintResult, lint, onLintedEngine, refuseUnportable } from './run/lint.ts';
import { newRunIdentity } from './run/run-identity.ts';
import type { RunOptions } from './run/run-input.ts';
import { type RunSummary, summarize } from './run/run-summary.ts';
import { seedApi } from './seed/seed-api.ts';

export { type Diagnostic, DiagnosticError, type Report } from './diagnostic/diagnostic.ts';
export { type CompiledProject, compiledSentence } from './run/compiled-project.ts';
export type { RunEvent, Tell } from './run/event.ts';
export type { LintResult } from './run/lint.ts';
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
  const { compileUnitTests } = await import('./unit-test/compile-unit-tests.ts');
  return stage((report) => {
    const compilation = startCompilation(manifest, dialect, report);
    const models = compileSelected(compilation, dag, selection);
    const dataTests = compileDataTests(compilation, selection.nodes);
    const unitTests = compileUnitTests({ manifest, models, report }, selection.nodes);
    const guards = compileDataTests(compilation, guardingTests(dag, selection));
    return { dag, dialect, selection, models, dataTests, unitTests, guards };
  }, warn);
}

/** Runs a selection: CompiledProject → landed batches → Plan → RunResult[] → publication, summary. */
export async function runProject(request: RunRequest): Promise<RunSummary> {
  const { command, tell, warn, signal } = request;
  const clock = () => new Date();
  const startedAt = clock();
  const identity = newRunIdentity(startedAt);
  // Commands that only read a project start faster without these.
  const { expectedResults } = await import('./run/expected-results.ts');
  const { run } = await import('./run/run.ts');
  const { filesOf, writeCompiled, writeResults } = await import('./artifact/write-run.ts');
  const dag = await readProject(request, warn);
  const compiled = await compileProject(dag, request.selection, warn);
  await refuseUnportable(compiled, request, warn);
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

/** Compiles what the flags select for the engine that the portability lint is about, and lints it. */
export async function lintProject(dag: Dag, flags: SelectionFlags, warn: Report): Promise<LintResult> {
  return lint(dag.manifest, await compileProject(onLintedEngine(dag), flags, warn));
}
