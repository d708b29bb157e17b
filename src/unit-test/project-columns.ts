import type { Manifest } from '../manifest/manifest.ts';
import { openInMemory } from '../warehouse/open.ts';
import { type InferredColumns, inferColumns } from './infer-columns.ts';
import { modelCompiler } from './model-compiler.ts';

/**
 * The columns of relations (unique ids) of a project, and of all that they stand on, whatever engine its target has: the
 * models are compiled for the embedded one, and described there without rows. Mistakes in models are told elsewhere.
 */
export async function projectColumns(manifest: Manifest, wanted: Iterable<string>): Promise<InferredColumns> {
  const warehouse = await openInMemory();
  try {
    const session = await warehouse.open();
    const compiler = modelCompiler(manifest);
    return await inferColumns({ manifest, session, dialect: warehouse.dialect, compiler }, wanted);
  } finally {
    await warehouse.close();
  }
}
