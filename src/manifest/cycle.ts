import { cycle as cycleFound } from '../diagnostic/catalogue/graph.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { NodeGraph } from './graph.ts';
import type { Manifest } from './manifest.ts';

/** A cycle is a path of unique ids in which each node refers to the next, and the last to the first. */
type Cycle = readonly string[];

/** Reports every cycle of a graph that shares no node with another one, each as a shortest path. */
export function reportCycles(graph: NodeGraph, manifest: Manifest, report: Report): void {
  const nameOf = (uniqueId: string) => manifest.nodes.get(uniqueId)?.name ?? uniqueId;
  for (const cycle of findCycles(graph)) {
    const links = cycle.map((from, index) => {
      const to = cycle[(index + 1) % cycle.length] ?? from;
      return { from: nameOf(from), to: nameOf(to), place: graph.edge(to, from)?.span };
    });
    report(cycleFound(links));
  }
}

/** Cycles without a common node; each starts with the least of its unique ids. */
function findCycles(graph: NodeGraph): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const left = new Set(graph.nodes());
  for (trim(graph, left); left.size > 0; trim(graph, left)) {
    const cycle = shortestCycleThrough(nodeOnCycle(graph, left), graph, left);
    cycles.push(startingWithLeast(cycle));
    for (const uniqueId of cycle) left.delete(uniqueId);
  }
  return cycles.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

/** Takes out, again and again, the nodes that read none of the others; what is left has a parent that is left. */
function trim(graph: NodeGraph, left: Set<string>): void {
  let loose = [...left].filter((uniqueId) => parentsAmong(left, graph, uniqueId).length === 0);
  while (loose.length > 0) {
    for (const uniqueId of loose) left.delete(uniqueId);
    const touched = new Set(loose.flatMap((uniqueId) => graph.successors(uniqueId) ?? []));
    loose = [...touched].filter((id) => left.has(id) && parentsAmong(left, graph, id).length === 0);
  }
}

function parentsAmong(left: ReadonlySet<string>, graph: NodeGraph, uniqueId: string): readonly string[] {
  return (graph.predecessors(uniqueId) ?? []).filter((parent) => left.has(parent));
}

/** Climbs from parent to parent until a node comes again: that one is on a cycle. */
function nodeOnCycle(graph: NodeGraph, left: ReadonlySet<string>): string {
  const [start = ''] = left;
  const seen = new Set<string>();
  let uniqueId = start;
  while (!seen.has(uniqueId)) {
    seen.add(uniqueId);
    uniqueId = parentsAmong(left, graph, uniqueId)[0] ?? uniqueId;
  }
  return uniqueId;
}

function shortestCycleThrough(start: string, graph: NodeGraph, left: ReadonlySet<string>): Cycle {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const uniqueId of queue) {
    for (const parent of parentsAmong(left, graph, uniqueId)) {
      if (parent === start) return pathTo(uniqueId, cameFrom);
      if (cameFrom.has(parent)) continue;
      cameFrom.set(parent, uniqueId);
      queue.push(parent);
    }
  }
  throw new Error(`This is a bug in modelwright: ${start} is on no cycle.`);
}

function pathTo(end: string, cameFrom: ReadonlyMap<string, string>): Cycle {
  const path: string[] = [];
  for (let at: string | undefined = end; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}

function startingWithLeast(cycle: Cycle): Cycle {
  const least = cycle.reduce((best, uniqueId, index) => (uniqueId < (cycle[best] ?? '') ? index : best), 0);
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
