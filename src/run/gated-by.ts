import type { Manifest } from '../manifest/manifest.ts';
import type { Plan } from './plan.ts';

/** What of a plan says which test gates what. */
export type GatingPlan = Pick<Plan, 'nodes' | 'tests' | 'guards'>;

/**
 * What is not to be seen unless a test has passed: all nodes of the run that it reads, and the source that it stands under.
 * Where it reads no node of the run, all that it reads, which stops what is built from that.
 */
export function gatedBy({ nodes }: Manifest, plan: GatingPlan, test: string): readonly string[] {
  const step = plan.tests.get(test) ?? plan.guards.get(test);
  if (step === undefined) return [];
  const { reads, node } = step.compiled;
  const built = reads.filter((read) => plan.nodes.has(read));
  if (built.length === 0) return reads;
  const isSource = nodes.get(node.attachedTo ?? '')?.resourceType === 'source';
  return node.attachedTo !== undefined && isSource ? [...built, node.attachedTo] : built;
}
