import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { parseYaml } from '../project/parse-yaml.ts';
import type { ProjectFile } from '../project/project.ts';
import { type CheckedYaml, check } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import {
  type ModelProperties,
  type PropertiesFile,
  propertiesSchema,
  type SeedProperties,
  type SingularTestProperties,
  type SourceProperties,
  type UnitTestProperties,
} from './properties-schema.ts';

/** An entry of a properties file, and where it stands. */
export interface PropertiesEntry<T> {
  readonly value: T;
  readonly file: ProjectFile;
  readonly yaml: CheckedYaml<PropertiesFile>;
  readonly path: YamlPath;
  /** The place of its name. */
  readonly span: Span;
}

/** All properties of a project, by the name of what they belong to. */
export interface Properties {
  readonly models: ReadonlyMap<string, PropertiesEntry<ModelProperties>>;
  readonly seeds: ReadonlyMap<string, PropertiesEntry<SeedProperties>>;
  readonly tests: ReadonlyMap<string, PropertiesEntry<SingularTestProperties>>;
  readonly macros: ReadonlyMap<string, PropertiesEntry<{ readonly name: string }>>;
  readonly sources: readonly PropertiesEntry<SourceProperties>[];
  readonly unitTests: readonly PropertiesEntry<UnitTestProperties>[];
}

/** Reads the properties files of a project; a node that has properties twice is reported. */
export function readProperties(files: readonly ProjectFile[], report: Report): Properties {
  const read = files.filter((file) => file.kind === 'properties').flatMap((file) => readFile(file, report));
  const entries = <T extends { readonly name: string }>(
    key: 'models' | 'seeds' | 'sources' | 'tests' | 'macros' | 'unit_tests',
    listOf: (value: PropertiesFile) => readonly T[] | undefined,
  ) => read.flatMap(({ file, yaml }) => entriesOf(file, yaml, key, listOf(yaml.value) ?? []));
  return {
    models: byName(
      'model',
      entries('models', (value) => value.models),
      report,
    ),
    seeds: byName(
      'seed',
      entries('seeds', (value) => value.seeds),
      report,
    ),
    tests: byName(
      'test',
      entries('tests', (value) => value.tests),
      report,
    ),
    macros: byName(
      'macro',
      entries('macros', (value) => value.macros),
      report,
    ),
    sources: entries('sources', (value) => value.sources),
    unitTests: entries('unit_tests', (value) => value.unit_tests),
  };
}

function readFile(file: ProjectFile, report: Report) {
  const document = parseYaml(file.source, report);
  if (document === undefined || document.value === null) return [];
  const yaml = check(propertiesSchema, document, report);
  return yaml === undefined ? [] : [{ file, yaml }];
}

function entriesOf<T extends { readonly name: string }>(
  file: ProjectFile,
  yaml: CheckedYaml<PropertiesFile>,
  key: string,
  values: readonly T[],
): PropertiesEntry<T>[] {
  return values.map((value, index) => {
    const path = [key, index];
    return { value, file, yaml, path, span: yaml.spanAt([...path, 'name']) };
  });
}

function byName<T extends { readonly name: string }>(
  what: string,
  entries: readonly PropertiesEntry<T>[],
  report: Report,
): ReadonlyMap<string, PropertiesEntry<T>> {
  const found = new Map<string, PropertiesEntry<T>>();
  for (const entry of entries) {
    const other = found.get(entry.value.name);
    if (other === undefined) found.set(entry.value.name, entry);
    else
      report(
        catalogue.propertiesTwice({ what, name: entry.value.name, span: entry.span, other: other.span }),
      );
  }
  return found;
}
