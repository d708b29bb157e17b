import { existsSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { templateEnvironment } from './environment-variables.ts';
import { readText } from './file-text.ts';
import { readFolderConfig } from './folder-config.ts';
import { DEFAULT_ENVIRONMENT, isEnvironmentName } from './name.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Project, YamlValue } from './project.ts';
import { type RootFolder, readProjectFiles } from './project-files.ts';
import { findProjectRoot, PROJECT_FILE } from './project-root.ts';
import { type ProjectSettings, projectSchema } from './project-schema.ts';
import { chooseTarget } from './target.ts';
import { readVariables } from './variables.ts';
import { type CheckedYaml, check } from './yaml-check.ts';

/** What the command line and the process say about a project. */
export interface LoadOptions {
  /** Where to look for project.yml: here, then in the folders above. */
  readonly projectDir: string;
  readonly target?: string | undefined;
  /** `--env`; `default` if missing. */
  readonly environment?: string | undefined;
  /** `--vars`, parsed. */
  readonly variables?: Readonly<Record<string, YamlValue>>;
  readonly env: NodeJS.ProcessEnv;
  /** `--threads`. */
  readonly threads?: number | undefined;
  /** Told of each secret that the chosen target takes from the environment, before anything is reported of it. */
  readonly hide?: ((value: string) => void) | undefined;
}

/** Reads a project from disk for one target and environment. Mistakes are reported; with an error in project.yml there is no project. */
export async function loadProject(options: LoadOptions, report: Report): Promise<Project | undefined> {
  const root = findRoot(resolve(options.projectDir), report);
  const file = root === undefined ? undefined : readText(root, PROJECT_FILE, 'lf', report);
  const document = file === undefined ? undefined : parseYaml(file.source, report);
  const settings = document === undefined ? undefined : check(projectSchema, document, report);
  if (root === undefined || document === undefined || settings === undefined) return undefined;

  const environment = options.environment ?? DEFAULT_ENVIRONMENT;
  if (!isEnvironmentName(environment)) report(catalogue.badEnvironmentName({ name: environment }));
  const { target, variables: usedByTargets } = chooseTarget(
    settings,
    { root, target: options.target, threads: options.threads, env: options.env, hide: options.hide },
    report,
  );
  const variables = readVariables(settings, options.variables ?? {}, report);
  const folders = rootFolders(settings);
  const files = readProjectFiles(root, folders, report);
  if (target === undefined) return undefined;

  const { name, deterministic_functions: deterministicFunctions = [] } = settings.value;
  return {
    name,
    root,
    projectFile: document.source,
    variables,
    target,
    environment,
    baseEnvironment: baseOf(environment, settings.value),
    environmentVariable: templateEnvironment(options.env, usedByTargets),
    folderConfigs: {
      models: readFolderConfig('models', name, settings, settings.value.models),
      seeds: readFolderConfig('seeds', name, settings, settings.value.seeds),
      data_tests: readFolderConfig('data_tests', name, settings, settings.value.data_tests),
    },
    deterministicFunctions,
    retireAfterDays: daysOf(settings.value.retire_after),
    indirectSelection: settings.value.flags?.indirect_selection,
    folders: folders.map((folder) => folder.path),
    testFolders: folders.filter(({ holds }) => holds === 'tests').map(({ path }) => path),
    files,
  };
}

/** The root, or a report that there is none. */
function findRoot(from: string, report: Report): string | undefined {
  const root = findProjectRoot(from);
  if (root === undefined)
    report(catalogue.noProjectFile({ folder: from, dbtProject: existsSync(join(from, 'dbt_project.yml')) }));
  return root;
}

function rootFolders(settings: CheckedYaml<ProjectSettings>): RootFolder[] {
  const folders = (
    holds: RootFolder['holds'],
    key: 'model_paths' | 'seed_paths' | 'macro_paths' | 'test_paths',
  ) =>
    (settings.value[key] ?? [holds]).map((path, index) => ({
      holds,
      path: posix.normalize(path).replace(/(.)\/$/, '$1'),
      span: settings.spanAt([key, index]),
      named: settings.value[key] !== undefined,
    }));
  return [
    ...folders('models', 'model_paths'),
    ...folders('seeds', 'seed_paths'),
    ...folders('macros', 'macro_paths'),
    ...folders('tests', 'test_paths'),
  ];
}

function baseOf(environment: string, settings: ProjectSettings): string | undefined {
  if (environment === DEFAULT_ENVIRONMENT) return undefined;
  const base = settings.base_environment ?? DEFAULT_ENVIRONMENT;
  return base === environment ? undefined : base;
}

function daysOf(retireAfter: string | number | undefined): number | undefined {
  return retireAfter === undefined ? undefined : Number.parseInt(String(retireAfter), 10);
}
