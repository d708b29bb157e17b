import type { Manifest } from '../manifest/manifest.ts';
import type { Execution } from './execution.ts';
import { type GatingPlan, gatedBy } from './gated-by.ts';
import type { RunResult } from './run-result.ts';

/**
 * Nodes that must not be published: those that failed or that a test stops, and everything in this run that was made from
 * them. What reads the stand-in of a node that failed was not made from that node.
 */
export function blockedNodes(
  manifest: Manifest,
  plan: GatingPlan,
  execution: Execution,
  stopping: readonly string[],
): ReadonlySet<string> {
  const bad = new Set(stopping.flatMap((test) => gatedBy(manifest, plan, test)));
  for (const { uniqueId } of execution.results.filter(isFailure)) bad.add(uniqueId);
  const blocked = new Set<string>();
  const spoils = (id: string) => (bad.has(id) || blocked.has(id)) && !execution.standIns.has(id);
  for (const [id, { compiled }] of plan.nodes) {
    const isBad = bad.has(id) || !execution.versions.has(id);
    if (isBad || compiled?.reads.some(spoils)) blocked.add(id);
  }
  return blocked;
}

/** The tests of error severity that failed, or never came to be judged. */
export function failingTests({ nodes }: Manifest, { results }: Execution): readonly string[] {
  return results.filter(isFailure).flatMap(({ uniqueId }) => {
    const node = nodes.get(uniqueId);
    return node?.resourceType === 'test' && node.config.severity === 'error' ? [uniqueId] : [];
  });
}

/** Whether a result keeps nodes from being published. */
export function isFailure({ status }: RunResult): boolean {
  return status === 'fail' || status === 'error' || status === 'cancelled' || status === 'skipped';
}
