import type { Dag } from '../manifest/dag.ts';
import type { Selection } from '../manifest/select.ts';

/** What is selected, and what that reads. */
export function withParents(dag: Dag, { nodes }: Selection): ReadonlySet<string> {
  return new Set([...nodes, ...[...nodes].flatMap((id) => dag.parents(id))]);
}
