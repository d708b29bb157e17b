import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { FolderConfig, Project, ProjectFileKind } from '../project/project.ts';
import type { MacroLibrary } from '../template/macro.ts';
import type { ConfigSchema } from './config-schema.ts';
import { modelConfigSchema, seedConfigSchema, testConfigSchema } from './config-schema.ts';
import { nameOf } from './declared-node.ts';
import type { Properties, PropertiesEntry } from './properties-file.ts';

/** Reports properties and folder configs that belong to nothing in the project. */
export function checkPropertiesBelong(
  properties: Properties,
  project: Project,
  macros: MacroLibrary,
  report: Report,
): void {
  const namesOf = (...kinds: readonly ProjectFileKind[]) =>
    new Set(project.files.filter((file) => kinds.includes(file.kind)).map((file) => nameOf(file)));
  checkEntries('model', properties.models, namesOf('model'), report);
  checkEntries('seed', properties.seeds, namesOf('static-seed'), report);
  checkEntries('singular test', properties.tests, namesOf('singular-test'), report);
  checkEntries(
    'macro',
    properties.macros,
    new Set([...macros.macros.keys(), ...macros.helpers.keys()]),
    report,
  );
  checkFolderNames(project, 'models', ['model'], modelConfigSchema, report);
  checkFolderNames(project, 'seeds', ['static-seed'], seedConfigSchema, report);
  checkFolderNames(project, 'data_tests', ['singular-test', 'properties'], testConfigSchema, report);
}

function checkEntries(
  what: string,
  entries: ReadonlyMap<string, PropertiesEntry<unknown>>,
  names: ReadonlySet<string>,
  report: Report,
): void {
  for (const [name, { span }] of entries)
    if (!names.has(name)) report(catalogue.propertiesOfNothing({ what, name, candidates: names, span }));
}

function checkFolderNames(
  project: Project,
  key: keyof Project['folderConfigs'],
  kinds: readonly ProjectFileKind[],
  schema: ConfigSchema,
  report: Report,
): void {
  const known = new Set(
    project.files
      .filter((file) => kinds.includes(file.kind))
      .flatMap((file) => prefixesOf([...file.folders, nameOf(file)])),
  );
  const walk = (folder: FolderConfig, path: readonly string[]) => {
    for (const [name, below] of Object.entries(folder.folders)) {
      const at = [...path, name];
      if (known.has(at.join('/'))) walk(below, at);
      else if (below.span !== undefined)
        report(
          catalogue.foldersOfNothing({
            folder: name,
            configKey: Object.hasOwn(schema.shape, name),
            span: below.span,
          }),
        );
    }
  };
  walk(project.folderConfigs[key], []);
}

function prefixesOf(path: readonly string[]): string[] {
  return path.map((_, index) => path.slice(0, index + 1).join('/'));
}
