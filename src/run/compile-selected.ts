import type { Compilation } from '../compile/compilation.ts';
import { compileManifest } from '../compile/compile.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Dag } from '../manifest/dag.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { Selection } from '../manifest/select.ts';
import { withParents } from './with-parents.ts';
import { withViewsAbove } from './with-views-above.ts';

/**
 * Compiles the selected models and those that they read, and quietly the models that are read only through these: what is
 * published of them is read, so their mistakes do not stop a run, and those with mistakes are left out.
 */
export function compileSelected(
  compilation: Compilation,
  dag: Dag,
  selection: Selection,
): ReadonlyMap<string, CompiledNode<ModelNode>> {
  const read = withParents(dag, selection);
  const above = [...withViewsAbove(dag, selection)].filter((id) => !read.has(id));
  return new Map([
    ...compileManifest(compilation, read),
    ...compileManifest(quietly(compilation), new Set(above)),
  ]);
}

/** A pass that tells no mistakes; it keeps its ephemeral models to itself, so that the other pass tells theirs. */
function quietly(compilation: Compilation): Compilation {
  return { ...compilation, report: () => undefined, ephemerals: new Map() };
}
