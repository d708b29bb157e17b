import type { Dag } from '../manifest/dag.ts';
import type { SourceNode } from '../manifest/node.ts';

/** The sources whose rows something reads with no table between: its own, and those of the live views that it reads. */
export function sourcesBehind(
  dag: Dag,
  live: ReadonlySet<string>,
  uniqueId: string,
): ReadonlyMap<string, SourceNode> {
  const sources = new Map<string, SourceNode>();
  const reached = new Set([uniqueId]);
  for (const id of reached) {
    for (const parent of dag.parents(id)) {
      const node = dag.manifest.nodes.get(parent);
      if (node?.resourceType === 'source') sources.set(parent, node);
      else if (live.has(parent)) reached.add(parent);
    }
  }
  return sources;
}
