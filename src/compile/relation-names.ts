import type { Manifest } from '../manifest/manifest.ts';

/** The names that templates give relations, to unique ids: a model's or seed's own, a source's two. */
export interface RelationNames {
  readonly refs: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, string>;
}

export function relationNames(manifest: Manifest): RelationNames {
  const refs = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'model' || node.resourceType === 'seed') refs.set(node.name, node.uniqueId);
    if (node.resourceType === 'source') sources.set(sourceKey(node.sourceName, node.name), node.uniqueId);
  }
  return { refs, sources };
}

/** How a source stands in `RelationNames.sources`. */
export function sourceKey(sourceName: string, tableName: string): string {
  return JSON.stringify([sourceName, tableName]);
}
