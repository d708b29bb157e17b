import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { packageVersion } from '../artifact/package-version.ts';
import { sourcesJson } from '../artifact/sources-json.ts';
import { writeArtifact, writeWholeFile } from '../artifact/write-artifact.ts';
import { startCompilation } from '../compile/compilation.ts';
import { counted } from '../diagnostic/counted.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import { dialectOf } from '../dialect/registry.ts';
import { type CompiledFreshness, compileFreshness } from '../freshness/compile-freshness.ts';
import { readProject } from '../index.ts';
import type { Dag } from '../manifest/dag.ts';
import { select } from '../manifest/select.ts';
import { colorsFor } from '../report/colors.ts';
import { freshnessEvent } from '../report/freshness-event.ts';
import { freshnessLine } from '../report/freshness-line.ts';
import { type FreshnessResult, measureFreshness } from '../run/measure-freshness.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { projectRequest } from './project-flags.ts';
import { type SelectFlags, selectionFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

/** The options of the command, as commander reads them. */
export interface FreshnessFlags extends WarehouseFlags, SelectFlags {
  readonly output?: string;
}

/** Measures what is asked of the selected sources, tells it, and writes `sources.json`. */
export async function checkFreshness(flags: FreshnessFlags, invocation: Invocation): Promise<ExitCode> {
  const { warn, say } = invocation;
  const startedAt = new Date();
  const dag = await readProject(await projectRequest(flags, invocation, warn), warn);
  const sources = await selectedSources(dag, flags, invocation);
  const results = sources.length === 0 ? [] : await measureTold(dag, sources, flags, invocation);
  const finished = { startedAt, generatedAt: new Date(), id: randomUUID(), version: packageVersion() };
  const text = sourcesJson(results, finished);
  const { output } = flags;
  if (output === undefined) await writeArtifact(dag.manifest.project.root, 'sources.json', [text]);
  else await writeWholeFile(resolve(output), output, [text]);
  say(summary(results));
  const isStale = results.some(({ status }) => status === 'error' || status === 'runtime error');
  return isStale ? exitCodes.failed : exitCodes.fine;
}

async function selectedSources(
  dag: Dag,
  flags: FreshnessFlags,
  { warn }: Invocation,
): Promise<readonly CompiledFreshness[]> {
  const { manifest } = dag;
  const criteria = { ...selectionFlags(flags), resourceTypes: ['source'] as const };
  const { nodes } = await stage((report) => select(dag, criteria, report), warn);
  return stage((report) => {
    const compilation = startCompilation(manifest, dialectOf(manifest.project.target.adapter), report);
    return compileFreshness(compilation, nodes);
  }, warn);
}

async function measureTold(
  dag: Dag,
  sources: readonly CompiledFreshness[],
  flags: FreshnessFlags,
  { stdout, environment, signal }: Invocation,
): Promise<readonly FreshnessResult[]> {
  const colors = colorsFor(stdout, { color: flags.color, environment });
  const isJson = flags.logFormat === 'json';
  const tell = (result: FreshnessResult) =>
    stdout.write(`${isJson ? JSON.stringify(freshnessEvent(result)) : freshnessLine(result, colors)}\n`);
  const warehouse = await openWarehouse(dag.manifest.project.target, {
    waitSeconds: waitSeconds(flags.wait),
    signal,
  });
  try {
    return await measureFreshness({ dag, sources, warehouse, signal, clock: () => new Date(), tell });
  } finally {
    await warehouse.close();
  }
}

/** `5 sources: 3 pass, 1 warn, 1 error.` */
function summary(results: readonly FreshnessResult[]): string {
  if (results.length === 0) return 'No freshness is asked of what is selected.';
  const words = ['pass', 'warn', 'error', 'runtime error'] as const;
  const counts = words.flatMap((word) => {
    const count = results.filter(({ status }) => status === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(results.length, 'source')}: ${counts.join(', ')}.`;
}
