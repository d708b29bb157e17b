import { compileModel } from '../compile/compile-sql.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { openInMemory } from '../warehouse/open.ts';
import { embeddedCompilation } from './embedded-compilation.ts';
import { type InferredColumns, inferColumns } from './infer-columns.ts';

/**
 * The columns of relations (unique ids) of a project, and of all that they stand on, whatever engine its target has: the
 * models are compiled for the embedded one, and described there without rows. Mistakes in models are told elsewhere.
 */
export async function projectColumns(manifest: Manifest, wanted: Iterable<string>): Promise<InferredColumns> {
  const warehouse = await openInMemory();
  try {
    const { dialect } = warehouse;
    const compilation = embeddedCompilation(manifest, () => undefined);
    const session = await warehouse.open();
    return await inferColumns(
      { manifest, session, dialect, compiled: (model) => compileModel(compilation, model) },
      wanted,
    );
  } finally {
    await warehouse.close();
  }
}
