import { randomUUID } from 'node:crypto';
import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { RunSummary } from '../run/run-summary.ts';
import { type CompiledFiles, compiledFiles, writeCompiledFiles, writeRunFiles } from './compiled-files.ts';
import type { InvocationArguments } from './invocation-arguments.ts';
import { manifestJson } from './manifest-json.ts';
import { packageVersion } from './package-version.ts';
import { runResultsJson } from './run-results-json.ts';
import { writeArtifact } from './write-artifact.ts';
import { writingTo } from './writing-to.ts';

/** A project whose nodes have been compiled. */
export interface CompiledNodes {
  readonly dag: Dag;
  readonly dialect: Dialect;
  readonly models: ReadonlyMap<string, CompiledNode>;
  readonly dataTests: ReadonlyMap<string, CompiledNode>;
}

/** What a run leaves to write: how it ended, the SQL that was sent for each node, and what it was asked for. */
export interface FinishedRun {
  readonly summary: RunSummary;
  readonly sent: ReadonlyMap<string, string>;
  readonly args: InvocationArguments;
}

/** What `target/compiled/` is to hold of nodes. */
export function filesOf({ dag, dialect, models, dataTests }: CompiledNodes): CompiledFiles {
  return compiledFiles([...models.values(), ...dataTests.values()], dag.manifest, dialect);
}

/** Writes `target/compiled/`. */
export async function writeCompiled({ dag }: CompiledNodes, files: CompiledFiles): Promise<void> {
  await writingTo('target/compiled', () => writeCompiledFiles(files, dag.manifest));
}

/** Writes `target/manifest.json` and, for a run, `target/run/` and `target/run_results.json`. */
export async function writeResults(
  { dag, dialect }: CompiledNodes,
  files: CompiledFiles,
  { summary, sent, args }: FinishedRun,
): Promise<void> {
  const { root } = dag.manifest.project;
  const { startedAt, finishedAt } = summary;
  const invocation = { id: summary.runId, startedAt, generatedAt: finishedAt, version: packageVersion() };
  await writingTo('target/run', () => writeRunFiles(sent, dag.manifest));
  await writeArtifact(root, 'manifest.json', manifestJson(dag, files, dialect, invocation));
  await writeArtifact(root, 'run_results.json', [runResultsJson(summary, files, dialect, invocation, args)]);
}

/** Writes `target/manifest.json` alone, for commands that run nothing. */
export async function writeManifest(
  { dag, dialect }: CompiledNodes,
  files: CompiledFiles,
  now: Date,
): Promise<void> {
  const invocation = { id: randomUUID(), startedAt: now, generatedAt: now, version: packageVersion() };
  const { root } = dag.manifest.project;
  await writeArtifact(root, 'manifest.json', manifestJson(dag, files, dialect, invocation));
}
