import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Plan } from './plan.ts';
import type { Task } from './schedule.ts';

/**
 * The tasks of a plan: every node after its unit tests and what it reads; every test after what it reads; and a node after the tests that can
 * stop it: those of error severity for which all that the run builds for them is upstream of it. (A test that also reads the
 * node itself, or something beside it, stops only what is published; so does a test of nodes with `on_error: continue`.) So
 * every task comes after such as stand above it in the project, and two tests never wait for each other's nodes. Weights are the durations of earlier builds, else 1.
 */
export function orderTasks(plan: Plan, durations: ReadonlyMap<string, number>): readonly Task[] {
  const reads = new Map<string, readonly string[]>();
  for (const [id, { compiled }] of plan.nodes) reads.set(id, compiled?.reads ?? []);
  const stops = stoppingTests(plan, readersOf(reads));
  const units = unitTestsByModel(plan);
  const nodes = [...plan.nodes.keys()].map((id) => ({
    id,
    after: [...(reads.get(id) ?? []), ...(stops.get(id) ?? []), ...(units.get(id) ?? [])],
    weight: durations.get(id) ?? 1,
  }));
  const sharedBy = new Map(
    [...plan.fusions.values()].flatMap(({ id, parts }) => parts.map(({ test }) => [test, [id]])),
  );
  const tests = [...plan.tests].map(([id, { compiled }]) => ({
    id,
    after: [...compiled.reads, ...(sharedBy.get(id) ?? [])],
    weight: durations.get(id) ?? 1,
  }));
  const fusions = [...plan.fusions.values()].map(({ id, tested }) => ({ id, after: [tested], weight: 1 }));
  const unitTests = [...plan.unitTests.keys()].map((id) => ({ id, after: [], weight: 0 }));
  return [...unitTests, ...nodes, ...fusions, ...tests];
}

/** A model is built after its unit tests, whatever they cost. */
function unitTestsByModel({ unitTests }: Plan): ReadonlyMap<string, readonly string[]> {
  const byModel = new Map<string, string[]>();
  for (const [id, { compiled }] of unitTests) {
    addTo(byModel, compiled.node.model, id);
  }
  return byModel;
}

/** For each node the tests that must pass before it is built: the first nodes downstream of all that a test reads. */
function stoppingTests(
  plan: Plan,
  readers: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string[]> {
  const stops = new Map<string, string[]>();
  const below = memoized((id: string) => downstream(id, readers));
  for (const [test, { compiled }] of plan.tests) {
    if (compiled.node.config.severity !== 'error') continue;
    const planned = compiled.reads.filter((read) => plan.nodes.has(read));
    if (planned.length > 0 && planned.every((read) => plan.continuing.has(read))) continue;
    const given = compiled.reads.filter((read) => readers.has(read));
    const [first, ...others] = (planned.length > 0 ? planned : given).map(below);
    if (first === undefined) continue;
    const stopped = new Set([...first].filter((id) => others.every((other) => other.has(id))));
    for (const id of stopped) {
      const parents = plan.nodes.get(id)?.compiled?.reads ?? [];
      if (!parents.some((parent) => stopped.has(parent))) addTo(stops, id, test);
    }
  }
  return stops;
}

function readersOf(reads: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const [id, sources] of reads) {
    for (const source of sources) addTo(readers, source, id);
  }
  return readers;
}

function downstream(from: string, readers: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [...(readers.get(from) ?? [])];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(readers.get(id) ?? []));
  }
  return found;
}

function memoized<T>(compute: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    const value = known.get(id) ?? compute(id);
    known.set(id, value);
    return value;
  };
}
