import type { Dag } from '../manifest/dag.ts';
import type { Selection } from '../manifest/select.ts';
import { withParents } from './with-parents.ts';

/**
 * Where a target publishes nothing untested, the tests of error severity that are not selected themselves and read what is, or
 * what that is made from; elsewhere none.
 */
export function guardingTests(dag: Dag, selection: Selection): ReadonlySet<string> {
  const { nodes, project } = dag.manifest;
  if (project.target.publishUntested) return new Set();
  const guarded = [...withParents(dag, selection)].flatMap((id) => dag.children(id));
  return new Set(
    guarded.filter((id) => {
      const node = nodes.get(id);
      return node?.resourceType === 'test' && node.config.severity === 'error' && !selection.nodes.has(id);
    }),
  );
}
