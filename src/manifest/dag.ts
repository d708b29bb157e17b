import type { Report } from '../diagnostic/diagnostic.ts';
import { reportCycles } from './cycle.ts';
import { type NodeGraph, nodeGraph } from './graph.ts';
import type { Manifest } from './manifest.ts';

/** A DAG is the order of a manifest's nodes: who reads whom, without a cycle. Sets and lists hold unique ids. */
export interface Dag {
  readonly manifest: Manifest;
  /** All nodes, each after everything that it reads; the same on every machine. */
  readonly order: readonly string[];
  /** What the node reads. */
  parents(uniqueId: string): readonly string[];
  /** What reads the node. */
  children(uniqueId: string): readonly string[];
  /** Everything upstream, at most `depth` steps away; without the node itself. */
  ancestors(uniqueId: string, depth?: number): ReadonlySet<string>;
  /** Everything downstream, at most `depth` steps away; without the node itself. */
  descendants(uniqueId: string, depth?: number): ReadonlySet<string>;
  /** For every node the cost of the dearest path that starts with it; without `cost`, the number of nodes on the longest. */
  remainingPaths(cost?: (uniqueId: string) => number): ReadonlyMap<string, number>;
}

/** Orders a manifest's nodes; undefined when there are cycles, which are all reported. */
export function buildDag(manifest: Manifest, report: Report): Dag | undefined {
  const graph = nodeGraph(manifest);
  const order = topologicalOrder(graph);
  if (order.length < graph.nodeCount()) {
    reportCycles(graph, manifest, report);
    return undefined;
  }
  const parents = (uniqueId: string) => graph.predecessors(uniqueId) ?? [];
  const children = (uniqueId: string) => graph.successors(uniqueId) ?? [];
  return {
    manifest,
    order,
    parents,
    children,
    ancestors: (uniqueId, depth) => reachable(uniqueId, parents, depth),
    descendants: (uniqueId, depth) => reachable(uniqueId, children, depth),
    remainingPaths: (cost = () => 1) => remainingPaths(order, children, cost),
  };
}

/** Level by level, each in the order of unique ids; nodes on or behind a cycle are missing. */
function topologicalOrder(graph: NodeGraph): readonly string[] {
  const waitingFor = new Map(graph.nodes().map((id) => [id, graph.predecessors(id)?.length ?? 0]));
  const order: string[] = [];
  let level = graph.sources();
  while (level.length > 0) {
    order.push(...level.sort());
    const next: string[] = [];
    for (const child of level.flatMap((id) => graph.successors(id) ?? [])) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) next.push(child);
    }
    level = next;
  }
  return order;
}

type Step = (uniqueId: string) => readonly string[];

function reachable(start: string, step: Step, depth: number = Number.POSITIVE_INFINITY): ReadonlySet<string> {
  const found = new Set([start]);
  let frontier = [start];
  for (let distance = 0; distance < depth && frontier.length > 0; distance++) {
    const next: string[] = [];
    for (const uniqueId of frontier.flatMap(step)) {
      if (found.has(uniqueId)) continue;
      found.add(uniqueId);
      next.push(uniqueId);
    }
    frontier = next;
  }
  found.delete(start);
  return found;
}

function remainingPaths(order: readonly string[], children: Step, cost: (uniqueId: string) => number) {
  const costs = new Map<string, number>();
  for (const uniqueId of order.toReversed()) {
    const dearest = children(uniqueId).reduce((most, child) => Math.max(most, costs.get(child) ?? 0), 0);
    costs.set(uniqueId, cost(uniqueId) + dearest);
  }
  return costs;
}
