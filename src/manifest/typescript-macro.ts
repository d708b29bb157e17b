import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { ProjectFile } from '../project/project.ts';
import type { LoadModule } from '../project/typescript-module.ts';
import type { Helper } from '../template/helper.ts';
import { helperFromFunction, type MacroFunction } from '../template/macro-function.ts';

/** The helpers that a project's TypeScript macro files export: one for each function, under its name. */
export async function readTypescriptMacros(
  files: readonly ProjectFile[],
  loadModule: LoadModule,
  report: Report,
): Promise<Helper[]> {
  const helpers: Helper[] = [];
  for (const file of files) {
    const exports = (await loadModule(file.path, report)) ?? {};
    for (const [name, value] of Object.entries(exports)) {
      if (name === 'default' || name === '__esModule') continue;
      if (typeof value === 'function')
        helpers.push(
          helperFromFunction(name, value as MacroFunction, `A macro of this project, in ${file.path}.`),
        );
      else report(catalogue.badMacroModule({ name, span: spanAt(file.source, 0, 0) }));
    }
  }
  return helpers;
}
