import type { Report } from '../diagnostic/diagnostic.ts';
import type { Project } from '../project/project.ts';
import type { LoadModule } from '../project/typescript-module.ts';
import type { MacroLibrary } from '../template/macro.ts';
import { readTypescriptMacros } from './typescript-macro.ts';

/** The macros of a project's `.sql` and `.ts` macro files. */
export async function readMacros(
  project: Project,
  { loadModule }: { readonly loadModule: LoadModule },
  report: Report,
): Promise<MacroLibrary> {
  const modules = project.files.filter((file) => file.kind === 'typescript-macro');
  const helpers = await readTypescriptMacros(modules, loadModule, report);
  return { macros: new Map(), helpers: new Map(helpers.map((helper) => [helper.name, helper])) };
}
