import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode } from '../manifest/node.ts';

/**
 * The unique ids of all live views: views that reach a source with no table between, so that their data change
 * without a publish. Ephemeral models on the way are passed through, and are listed themselves.
 */
export function liveViews(manifest: Manifest): ReadonlySet<string> {
  const readers = readersOf(manifest);
  const live = new Set<string>();
  const waiting = sourceIds(manifest);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reader of readers.get(next) ?? []) {
      if (live.has(reader)) continue;
      live.add(reader);
      waiting.push(reader);
    }
  }
  return live;
}

function sourceIds(manifest: Manifest): string[] {
  return [...manifest.nodes.values()]
    .filter((node) => node.resourceType === 'source')
    .map((node) => node.uniqueId);
}

/** For each node the models that read it and hold no rows of their own. */
function readersOf(manifest: Manifest): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'model' || !isRowless(node)) continue;
    for (const { uniqueId } of node.references) addTo(readers, uniqueId, node.uniqueId);
  }
  return readers;
}

function isRowless(node: ModelNode): boolean {
  return node.config.materialized === 'view' || node.config.materialized === 'ephemeral';
}
