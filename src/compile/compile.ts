import type { ModelNode } from '../manifest/node.ts';
import type { Compilation } from './compilation.ts';
import { compileModel } from './compile-sql.ts';
import type { CompiledNode } from './compiled-node.ts';

/**
 * Compiles the models of a manifest, or those of a selection (unique ids), in the manifest's order.
 * Models with mistakes are reported and left out; the ephemeral models among them are compiled too, for their files.
 */
export function compileManifest(
  compilation: Compilation,
  selection?: ReadonlySet<string>,
): ReadonlyMap<string, CompiledNode<ModelNode>> {
  const compiled = new Map<string, CompiledNode<ModelNode>>();
  for (const node of compilation.manifest.nodes.values()) {
    if (node.resourceType !== 'model' || selection?.has(node.uniqueId) === false) continue;
    const model = compileModel(compilation, node);
    if (model !== undefined) compiled.set(node.uniqueId, model);
  }
  return compiled;
}
