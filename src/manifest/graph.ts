import { Graph } from 'graphlib';
import type { Manifest } from './manifest.ts';
import type { Node, Reference } from './node.ts';

/** A graph of unique ids; an edge leads from what is read to the node that reads it, labelled with the reference. */
export type NodeGraph = Graph<string, string, Reference>;

/** Who reads whom: for every node what it reads and what reads it, each once and in the order of unique ids. */
export interface Neighbours {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** The neighbours of every node, in the order of unique ids. References to nodes that the manifest does not hold are left out. */
export function neighbours(manifest: Manifest): Neighbours {
  const generatedSeeds = generatedSeedsByName(manifest);
  const ids = [...manifest.nodes.keys()].sort();
  const parents = new Map<string, string[]>(ids.map((uniqueId) => [uniqueId, []]));
  const children = new Map<string, string[]>(ids.map((uniqueId) => [uniqueId, []]));
  for (const node of manifest.nodes.values()) {
    const own = parents.get(node.uniqueId) ?? [];
    for (const { uniqueId } of referencesOf(node, generatedSeeds)) {
      const readers = children.get(uniqueId);
      if (readers === undefined || own.includes(uniqueId)) continue;
      own.push(uniqueId);
      readers.push(node.uniqueId);
    }
  }
  return { parents, children };
}

/** The graph of a manifest, which may have cycles. References to nodes that the manifest does not hold are left out. */
export function nodeGraph(manifest: Manifest): NodeGraph {
  const graph: NodeGraph = new Graph();
  const generatedSeeds = generatedSeedsByName(manifest);
  for (const uniqueId of [...manifest.nodes.keys()].sort()) graph.setNode(uniqueId, uniqueId);
  for (const node of manifest.nodes.values()) {
    for (const reference of referencesOf(node, generatedSeeds)) {
      if (!graph.hasNode(reference.uniqueId) || graph.hasEdge(reference.uniqueId, node.uniqueId)) continue;
      graph.setEdge(reference.uniqueId, node.uniqueId, reference);
    }
  }
  return graph;
}

function generatedSeedsByName(manifest: Manifest): ReadonlyMap<string, string> {
  const generated = [...manifest.nodes.values()].filter((node) => node.resourceType === 'generated_seed');
  return new Map(generated.map((node) => [node.name, node.uniqueId]));
}

/** What a node reads. A landed source reads the seed that generates its table. */
function referencesOf(node: Node, generatedSeeds: ReadonlyMap<string, string>): readonly Reference[] {
  switch (node.resourceType) {
    case 'model':
    case 'test':
    case 'unit_test':
      return node.references;
    case 'source': {
      const seed = node.landed === undefined ? undefined : generatedSeeds.get(node.landed);
      return seed === undefined ? [] : [{ uniqueId: seed, span: node.span }];
    }
    case 'seed':
    case 'generated_seed':
      return [];
  }
}
