import type { Dag } from '../manifest/dag.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CompiledNode } from './compiled-node.ts';

/**
 * The unique ids of the views that do not always show the same rows: those that read the clock, say, and those over such a view.
 * So may a view show that was to be compiled and has mistakes: what is published of it is not what its files say. Of views
 * that were not to be compiled nothing is said.
 */
export function fleetingViews(
  { order, manifest }: Pick<Dag, 'order' | 'manifest'>,
  toCompile: ReadonlySet<string>,
  models: ReadonlyMap<string, CompiledNode<ModelNode>>,
): ReadonlySet<string> {
  const fleeting = new Set<string>();
  for (const id of order) {
    const node = manifest.nodes.get(id);
    if (node?.resourceType !== 'model' || node.config.materialized !== 'view' || !toCompile.has(id)) continue;
    const model = models.get(id);
    const isFixed = model?.nondeterminism.length === 0 && !model.reads.some((read) => fleeting.has(read));
    if (!isFixed) fleeting.add(id);
  }
  return fleeting;
}
