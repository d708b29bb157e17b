import type { Execution } from './execution.ts';
import type { PlanInput } from './plan-run.ts';
import { sourcesBehind } from './sources-behind.ts';

/**
 * The tests of error severity that passed over rows of sources which have moved since: what was built after that is made of rows
 * that no test has seen.
 */
export function testsToRepeat(
  { run, live }: Pick<PlanInput, 'run' | 'live'>,
  { results, moved }: Pick<Execution, 'results' | 'moved'>,
): readonly string[] {
  if (moved.size === 0) return [];
  return results.flatMap(({ uniqueId, status }) => {
    const node = run.dag.manifest.nodes.get(uniqueId);
    if (node?.resourceType !== 'test' || node.config.severity !== 'error') return [];
    if (status !== 'pass' && status !== 'warn') return [];
    const sources = [...sourcesBehind(run.dag, live, uniqueId).keys()];
    return sources.some((source) => moved.has(source)) ? [uniqueId] : [];
  });
}
