import type { Report } from '../diagnostic/diagnostic.ts';
import { stage } from '../diagnostic/diagnostic.ts';
import type { ProjectRequest } from '../index.ts';
import type { YamlValue } from '../project/project.ts';
import type { Invocation } from './invocation.ts';

/** The options of every command, as commander reads them. */
export interface ProjectFlags {
  readonly projectDir: string;
  readonly target?: string | undefined;
  readonly env?: string | undefined;
  readonly vars?: string | undefined;
  readonly projectCode: boolean;
  readonly logFormat: 'text' | 'json';
  readonly quiet?: true | undefined;
  readonly color: boolean;
  readonly threads?: number | undefined;
}

/** What the flags and the process say about the project to read. */
export async function projectRequest(
  flags: ProjectFlags,
  invocation: Invocation,
  warn: Report,
): Promise<ProjectRequest> {
  const { projectDir, target, env: environment, projectCode, threads } = flags;
  const variables = flags.vars === undefined ? {} : await parseVars(flags.vars, warn);
  const { environment: env, hide } = invocation;
  return { projectDir, target, environment, variables, threads, env, hide, projectCode };
}

/** The values of `--vars`: a YAML map, or `name: value` of one. */
async function parseVars(text: string, warn: Report): Promise<Readonly<Record<string, YamlValue>>> {
  const { parseVariables } = await import('../project/given-variables.ts');
  return stage((report) => parseVariables({ path: '--vars', text }, report), warn);
}
