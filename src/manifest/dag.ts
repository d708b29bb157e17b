import type { Report } from '../diagnostic/diagnostic.ts';
import { reportCycles } from './cycle.ts';
import { type Neighbours, neighbours, nodeGraph } from './graph.ts';
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
  /** Everything upstream of a node, or of any of several, at most `depth` steps away; without those themselves. */
  ancestors(of: string | Iterable<string>, depth?: number): ReadonlySet<string>;
  /** Everything downstream, at most `depth` steps away; without the nodes themselves. */
  descendants(of: string | Iterable<string>, depth?: number): ReadonlySet<string>;
}

/** Orders a manifest's nodes; undefined when there are cycles, which are all reported. */
export function buildDag(manifest: Manifest, report: Report): Dag | undefined {
  const graph = neighbours(manifest);
  const order = topologicalOrder(graph);
  if (order.length < manifest.nodes.size) {
    reportCycles(nodeGraph(manifest), manifest, report);
    return undefined;
  }
  const parents = (uniqueId: string) => graph.parents.get(uniqueId) ?? [];
  const children = (uniqueId: string) => graph.children.get(uniqueId) ?? [];
  return {
    manifest,
    order,
    parents,
    children,
    ancestors: (of, depth) => reachable(of, parents, depth),
    descendants: (of, depth) => reachable(of, children, depth),
  };
}

/** Level by level, each in the order of unique ids; nodes on or behind a cycle are missing. */
function topologicalOrder({ parents, children }: Neighbours): readonly string[] {
  const waitingFor = new Map([...parents].map(([id, read]) => [id, read.length]));
  const order: string[] = [];
  let level = [...waitingFor.keys()].filter((id) => waitingFor.get(id) === 0);
  while (level.length > 0) {
    order.push(...level.sort());
    const next: string[] = [];
    for (const child of level.flatMap((id) => children.get(id) ?? [])) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) next.push(child);
    }
    level = next;
  }
  return order;
}

type Step = (uniqueId: string) => readonly string[];

function reachable(
  of: string | Iterable<string>,
  step: Step,
  depth = Number.POSITIVE_INFINITY,
): ReadonlySet<string> {
  const starts = new Set(typeof of === 'string' ? [of] : of);
  const found = new Set<string>();
  let frontier = [...starts];
  for (let distance = 0; distance < depth && frontier.length > 0; distance++) {
    const next: string[] = [];
    for (const uniqueId of frontier.flatMap(step)) {
      if (starts.has(uniqueId) || found.has(uniqueId)) continue;
      found.add(uniqueId);
      next.push(uniqueId);
    }
    frontier = next;
  }
  return found;
}
