import { pathToFileURL } from 'node:url';

/** What a module of the project sees when it imports `modelwright`. */
export type ModuleApi = Readonly<Record<string, unknown>>;

/**
 * Imports a TypeScript module of the project, with all that it imports in turn.
 * `file` is an absolute path; `modelwright` is `api`, so that a module shares our own code and never loads a second copy.
 */
export async function importProjectModule(
  file: string,
  api: ModuleApi,
): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(pathToFileURL(file).href, {
    interopDefault: false,
    virtualModules: { modelwright: api },
  });
  return await jiti.import<Record<string, unknown>>(file);
}
