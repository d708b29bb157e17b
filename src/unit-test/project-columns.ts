import type { CompiledNode } from '../compile/compiled-node.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode } from '../manifest/node.ts';
import { openInMemory } from '../warehouse/open.ts';
import { type InferenceInput, type InferredColumns, inferColumns } from './infer-columns.ts';
import { modelCompiler } from './model-compiler.ts';

/** Models that are compiled for the target already, by unique id, and whether declared columns are all that there are. */
interface ProjectColumnsOptions extends Pick<InferenceInput, 'declared'> {
  readonly models?: ReadonlyMap<string, CompiledNode<ModelNode>>;
}

/**
 * The columns of relations (unique ids) of a project, and of all that they stand on, whatever engine its target has: the
 * models are compiled for the embedded one, and described there without rows. Mistakes in models are told elsewhere.
 */
export async function projectColumns(
  manifest: Manifest,
  wanted: Iterable<string>,
  { models, declared = 'wholly' }: ProjectColumnsOptions = {},
): Promise<InferredColumns> {
  const warehouse = await openInMemory();
  try {
    const session = await warehouse.open();
    const compiler = modelCompiler(manifest, models);
    const { dialect } = warehouse;
    return await inferColumns({ manifest, session, dialect, compiler, declared }, wanted);
  } finally {
    await warehouse.close();
  }
}
