import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { ProjectFile } from '../project/project.ts';
import type { LoadModule } from '../project/typescript-module.ts';
import { type Helper, HelperError, type TemplateValue } from '../template/helper.ts';

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
      if (typeof value === 'function') helpers.push(helperOf(name, value as MacroFunction, file));
      else report(catalogue.badMacroModule({ name, span: spanAt(file.source, 0, 0) }));
    }
  }
  return helpers;
}

type MacroFunction = (...args: readonly TemplateValue[]) => TemplateValue;

function helperOf(name: string, macro: MacroFunction, file: ProjectFile): Helper {
  return {
    name,
    doc: `A macro of this project, in ${file.path}.`,
    parameters: [{ name: 'arguments', type: 'any', optional: true, rest: true }],
    run: ({ positional }) => {
      try {
        return macro(...positional);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        throw new HelperError(`${name} failed: ${problem}`, `It is written in ${file.path}.`);
      }
    },
  };
}
