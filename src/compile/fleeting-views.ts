import type { Dag } from '../manifest/dag.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CompiledNode } from './compiled-node.ts';

/**
 * The unique ids of the views among compiled models that do not always show the same rows: those that read the clock, say, and
 * those over such a view. A view that was not compiled is not known to be one.
 */
export function fleetingViews(
  { order }: Pick<Dag, 'order'>,
  models: ReadonlyMap<string, CompiledNode<ModelNode>>,
): ReadonlySet<string> {
  const fleeting = new Set<string>();
  for (const id of order) {
    const model = models.get(id);
    if (model?.node.config.materialized !== 'view') continue;
    if (model.nondeterminism.length > 0 || model.reads.some((read) => fleeting.has(read))) fleeting.add(id);
  }
  return fleeting;
}
