import type { Check } from '../diagnostic/check.ts';
import { counted } from '../diagnostic/counted.ts';
import { type Diagnostic, type Report, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { LoadOptions } from '../project/load.ts';
import { loadProject } from '../project/load.ts';
import type { Project } from '../project/project.ts';
import { watchEnvironment } from '../project/watched-environment.ts';

/** A project as `model debug` reads it: what there is to say about it, and itself where it could be read. */
export interface ReadProject {
  readonly project: Project | undefined;
  readonly checks: readonly Check[];
}

/** Reads a project for its target. Variables of the environment that are not set are a check of their own. */
export async function readForDebug(options: LoadOptions): Promise<ReadProject> {
  const found: Diagnostic[] = [];
  const { environment, read } = watchEnvironment(options.env);
  const project = await loadProject({ ...options, env: environment }, (diagnostic) => found.push(diagnostic));
  const unset = found.filter(isUnset);
  const others = found.filter((diagnostic) => !isUnset(diagnostic));
  const variables = read(new Set());
  return {
    project,
    checks: [
      {
        what: 'project.yml',
        needs: [],
        look: async (warn) => {
          tellAll(others, warn);
          return project === undefined ? 'it is read' : aboutProject(project);
        },
      },
      {
        what: 'environment variables',
        needs: unset.length > 0 ? [] : ['project.yml'],
        look: async (warn) => {
          tellAll(unset, warn);
          return aboutVariables(variables);
        },
      },
    ],
  };
}

function tellAll(diagnostics: readonly Diagnostic[], warn: Report): void {
  stopOnErrors(diagnostics);
  for (const warning of diagnostics) warn(warning);
}

function aboutProject({ name, target, environment, files }: Project): string {
  return `${name}, target ${target.name} (${target.adapter}), environment ${environment}, ${counted(files.length, 'file')}`;
}

function aboutVariables(variables: Readonly<Record<string, string | null>>): string {
  const names = (isSet: boolean) =>
    Object.keys(variables).filter((name) => (variables[name] !== null) === isSet);
  const set = names(true).join(', ');
  const unset = names(false).join(', ');
  if (set === '' && unset === '') return 'the target reads none';
  return [...(set === '' ? [] : [`set: ${set}`]), ...(unset === '' ? [] : [`by default: ${unset}`])].join(
    '; ',
  );
}

function isUnset({ code }: Diagnostic): boolean {
  return code === 'PRJ-009';
}
