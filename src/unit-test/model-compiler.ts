import { compileModel } from '../compile/compile-sql.ts';
import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode } from '../manifest/node.ts';
import { embeddedCompilation, embeddedDialect } from './embedded-compilation.ts';

/** Gives models as the embedded engine reads them; undefined for one with mistakes, which are told elsewhere. */
export type ModelCompiler = (model: ModelNode) => CompiledNode<ModelNode> | undefined;

/** Compiles models once each; those of a target that has the embedded engine are there already, by unique id. */
export function modelCompiler(
  manifest: Manifest,
  ofTarget: ReadonlyMap<string, CompiledNode<ModelNode>> = new Map(),
): ModelCompiler {
  const isTarget = manifest.project.target.adapter === embeddedDialect.name;
  const compiled = new Map<string, CompiledNode<ModelNode> | undefined>(isTarget ? ofTarget : []);
  const compilation = embeddedCompilation(manifest, () => undefined);
  return (model) => {
    if (!compiled.has(model.uniqueId)) compiled.set(model.uniqueId, compileModel(compilation, model));
    return compiled.get(model.uniqueId);
  };
}
