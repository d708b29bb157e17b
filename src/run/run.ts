import { counted } from '../diagnostic/counted.ts';
import { openWarehouse } from '../warehouse/open.ts';
import { activityOf } from './event.ts';
import { readGitCommit } from './git-commit.ts';
import { generateSelected, type LandOptions, loadSelected } from './land.ts';
import { isBuilt } from './plan.ts';
import type { RunInput, RunPreparation } from './run-input.ts';
import { runNodes } from './run-nodes.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunResult } from './run-result.ts';
import { runUnitTests } from './run-unit-tests.ts';
import { mayGenerate } from './shared-landing.ts';

/** Does what a run's options ask for, in order: generate, load, build and test, publish. */
export async function run(input: RunPreparation, landing: LandOptions): Promise<RunOutcome> {
  const generated = (await mayGenerate(input, landing)) ? await generateTold(input, landing) : [];
  const { builds, tests } = input.options;
  if (!landing.loads && !builds && !tests) return { results: generated, published: [], sent: new Map() };
  if (!landing.loads && hasOnlyUnitTests(input)) return runUnitTests(input);
  const { project } = input.dag.manifest;
  const gitCommit = readGitCommit(project.root);
  const warehouse = await openWarehouse(project.target, {
    waitSeconds: input.options.waitSeconds,
    signal: input.signal,
  });
  try {
    const loaded = landing.loads ? await loadSelected(input, landing, warehouse) : [];
    const built = await runAfterLoad({ ...input, warehouse, gitCommit: await gitCommit }, loaded);
    return { ...built, results: [...generated, ...loaded, ...built.results] };
  } finally {
    await warehouse.close();
  }
}

/** Unit tests alone need no warehouse. */
function hasOnlyUnitTests({ options, unitTests, dataTests, guards }: RunPreparation): boolean {
  return !options.builds && unitTests.size > 0 && dataTests.size === 0 && guards.size === 0;
}

/** Generating says nothing by itself before its first rows, so it is announced. */
async function generateTold(input: RunPreparation, landing: LandOptions): Promise<readonly RunResult[]> {
  const { nodes } = input.dag.manifest;
  const seeds = [...input.selection.nodes].filter((id) => nodes.get(id)?.resourceType === 'generated_seed');
  if (seeds.length > 0) {
    const message = `Generating ${counted(seeds.length, 'seed')}, where new or changed.`;
    input.tell({ kind: 'stage-note', at: input.clock(), message });
  }
  return generateSelected(input, landing);
}

/** Builds and tests over what was loaded; a load that failed leaves everything as it was. */
async function runAfterLoad(input: RunInput, loaded: readonly RunResult[]): Promise<RunOutcome> {
  const { builds, tests } = input.options;
  if (!builds && !tests) return { results: [], published: [], sent: new Map() };
  const failed = loaded.find((result) => result.status === 'error');
  if (failed !== undefined) return { results: skipAll(input, failed), published: [], sent: new Map() };
  return runNodes(input);
}

function skipAll(input: RunPreparation, failed: RunResult): readonly RunResult[] {
  const now = input.clock();
  return [...input.selection.nodes].flatMap((id) => {
    const node = input.dag.manifest.nodes.get(id);
    if (node === undefined || !(activityOf(node) === 'test' ? input.options.tests : isBuilt(node))) return [];
    const result: RunResult = {
      uniqueId: id,
      name: node.name,
      resourceType: node.resourceType,
      status: 'skipped',
      message: `Loading "${failed.name}" failed.`,
      startedAt: now,
      finishedAt: now,
      thread: 0,
    };
    input.tell({
      kind: 'node-finished',
      at: now,
      activity: activityOf(node),
      result,
    });
    return [result];
  });
}
