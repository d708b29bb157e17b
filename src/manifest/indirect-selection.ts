import type { IndirectSelection } from '../project/project.ts';
import type { Dag } from './dag.ts';

/**
 * The tests that come along with selected nodes, of which each reads one at least:
 * - `eager`: all of them;
 * - `cautious`: those that read nothing else;
 * - `buildable`: those that read nothing else but what selected nodes read, directly or not, and sources;
 * - `empty`: none.
 */
export function testsAlong(
  selected: ReadonlySet<string>,
  mode: IndirectSelection,
  dag: Dag,
): readonly string[] {
  if (mode === 'empty') return [];
  const tests = new Set(
    [...selected].flatMap((id) => dag.children(id).filter((child) => isTest(child, dag))),
  );
  if (mode === 'eager') return [...tests];
  const within = mode === 'cautious' ? selected : withBuildable(selected, dag);
  return [...tests].filter((test) => dag.parents(test).every((parent) => within.has(parent)));
}

/** Whether a node is a data test or a unit test. */
export function isTest(uniqueId: string, { manifest }: Dag): boolean {
  const type = manifest.nodes.get(uniqueId)?.resourceType;
  return type === 'test' || type === 'unit_test';
}

function withBuildable(selected: ReadonlySet<string>, dag: Dag): ReadonlySet<string> {
  const sources = [...dag.manifest.nodes.values()].filter(({ resourceType }) => resourceType === 'source');
  return new Set([...selected, ...dag.ancestors(selected), ...sources.map(({ uniqueId }) => uniqueId)]);
}
