import type { Dag } from '../manifest/dag.ts';
import type { Selection } from '../manifest/select.ts';

/**
 * What is selected, what that reads, and what is read through views and ephemeral models: all whose SQL decides what rows the
 * selected nodes get from tables and sources.
 */
export function withViewsAbove(dag: Dag, { nodes }: Selection): ReadonlySet<string> {
  const reached = new Set(nodes);
  for (const id of reached) {
    if (!nodes.has(id) && holdsRows(dag, id)) continue;
    for (const parent of dag.parents(id)) reached.add(parent);
  }
  return reached;
}

function holdsRows({ manifest }: Dag, id: string): boolean {
  const node = manifest.nodes.get(id);
  return node?.resourceType !== 'model' || node.config.materialized === 'table';
}
