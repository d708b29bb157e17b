import type { Manifest } from '../manifest/manifest.ts';
import type { Execution } from './execute.ts';
import type { Plan } from './plan.ts';
import type { RunResult } from './run-result.ts';

type Planned = Pick<Plan, 'nodes' | 'tests' | 'guards'>;

/**
 * Nodes that must not be published: those that failed or that a test stops, and everything in this run that was made from
 * them. What reads the stand-in of a node that failed was not made from that node.
 */
export function blockedNodes(
  manifest: Manifest,
  plan: Planned,
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

/**
 * What is not to be seen unless a test has passed: all nodes of the run that it reads, and the source that it stands under.
 * Where it reads no node of the run, all that it reads, which stops what is built from that.
 */
export function gatedBy({ nodes }: Manifest, plan: Planned, test: string): readonly string[] {
  const step = plan.tests.get(test) ?? plan.guards.get(test);
  if (step === undefined) return [];
  const { reads, node } = step.compiled;
  const built = reads.filter((read) => plan.nodes.has(read));
  if (built.length === 0) return reads;
  const isSource = nodes.get(node.attachedTo ?? '')?.resourceType === 'source';
  return node.attachedTo !== undefined && isSource ? [...built, node.attachedTo] : built;
}

/** Whether a result keeps nodes from being published. */
export function isFailure({ status }: RunResult): boolean {
  return status === 'fail' || status === 'error' || status === 'cancelled' || status === 'skipped';
}
