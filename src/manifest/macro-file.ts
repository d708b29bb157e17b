import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Project } from '../project/project.ts';
import type { LoadModule } from '../project/typescript-module.ts';
import type { MacroLibrary } from '../template/macro.ts';
import { parseMacroFile } from '../template/macro-file.ts';
import { macroLibrary } from '../template/macro-library.ts';
import { readTypescriptMacros } from './typescript-macro.ts';

/** The macros of a project's `.sql` and `.ts` macro files; only the latter run code. */
export async function readMacros(
  project: Project,
  { loadModule, dialect }: { readonly loadModule: LoadModule; readonly dialect: Pick<Dialect, 'macros'> },
  report: Report,
): Promise<MacroLibrary> {
  const macros = project.files
    .filter((file) => file.kind === 'macro')
    .flatMap((file) => parseMacroFile(file.source, report));
  const modules = project.files.filter((file) => file.kind === 'typescript-macro');
  const helpers = await readTypescriptMacros(modules, loadModule, report);
  return macroLibrary(macros, helpers, dialect.macros, report);
}
