import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function noProjectFile(at: { folder: string; dbtProject: boolean }): Diagnostic {
  return {
    code: 'PRJ-001',
    severity: 'error',
    message: `There is no project.yml in ${at.folder} or any folder above it.`,
    hint: at.dbtProject
      ? 'There is a dbt_project.yml: rename it to project.yml, and add your profile to it under "targets".'
      : 'Change into a project, or name its folder with --project-dir.',
  };
}

export function unreadableFile(at: { path: string; reason: string }): Diagnostic {
  return { code: 'PRJ-002', severity: 'error', message: `${at.path} cannot be read: ${at.reason}.` };
}

export function invalidUtf8(at: { span: Span; offset: number; byte: number }): Diagnostic {
  const hex = at.byte.toString(16).padStart(2, '0').toUpperCase();
  return {
    code: 'PRJ-003',
    severity: 'error',
    message: `This file is not UTF-8: byte ${at.offset} is 0x${hex}.`,
    span: at.span,
    hint: 'Save it as UTF-8.',
  };
}

export function pathLeavesProject(at: { path: string; span?: Span }): Diagnostic {
  return {
    code: 'PRJ-004',
    severity: 'error',
    message: `${at.path} leads out of the project folder.`,
    ...(at.span === undefined ? {} : { span: at.span }),
    hint: 'Copy what is needed into the project: it must be whole on every machine.',
  };
}

export function unknownTarget(at: { name: string; targets: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'PRJ-005',
    severity: 'error',
    message: `There is no target "${at.name}".`,
    span: at.span,
    hint: didYouMean(at.name, at.targets) ?? `Known targets: ${at.targets.join(', ')}.`,
  };
}

export function noDefaultTarget(at: { targets: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'PRJ-006',
    severity: 'error',
    message: 'The project does not say which target is meant.',
    span: at.span,
    hint: `Add "target: ${at.targets[0] ?? 'dev'}" to project.yml, or choose one with --target.`,
  };
}

export function unknownAdapter(at: { adapter: string; known: readonly string[]; span: Span }): Diagnostic {
  return {
    code: 'PRJ-007',
    severity: 'error',
    message: `There is no adapter "${at.adapter}".`,
    span: at.span,
    hint: didYouMean(at.adapter, at.known) ?? `Known adapters: ${at.known.join(', ')}.`,
  };
}

export function literalSecret(at: { key: string; span: Span }): Diagnostic {
  const variable = at.key.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return {
    code: 'PRJ-008',
    severity: 'error',
    message: `"${at.key}" is written out in project.yml.`,
    span: at.span,
    hint: `Secrets come from the environment only: '{{env_var "${variable}"}}'.`,
  };
}

export function missingEnvironmentVariable(at: { name: string; target: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-009',
    severity: 'error',
    message: `The environment variable ${at.name} is not set; target "${at.target}" needs it.`,
    span: at.span,
    hint: `Set it, or give a default: {{env_var "${at.name}" "…"}}.`,
  };
}

export function notAnEnvironmentVariable(at: { span: Span }): Diagnostic {
  return {
    code: 'PRJ-010',
    severity: 'error',
    message: 'A target may only call env_var, with its name and maybe a default in quotes.',
    span: at.span,
    hint: 'Write {{env_var "NAME"}} or {{env_var "NAME" "default"}}.',
  };
}

export function undeclaredVariable(at: {
  name: string;
  declared: readonly string[];
  /** Its key in the overrides of a unit test; without one, `--vars` sets it. */
  span?: Span;
}): Diagnostic {
  const by = at.span === undefined ? '--vars' : 'The unit test';
  return {
    code: 'PRJ-011',
    severity: 'error',
    message: `${by} sets "${at.name}", which project.yml does not declare.`,
    ...(at.span && { span: at.span }),
    hint: didYouMean(at.name, at.declared) ?? `Declare it in project.yml under "vars".`,
  };
}

export function badEnvironmentName(at: { name: string }): Diagnostic {
  return {
    code: 'PRJ-012',
    severity: 'error',
    message: `"${at.name}" cannot name an environment.`,
    hint: 'Use lower-case letters, digits and single underscores, beginning with a letter; "store", "raw" and "failures" are taken.',
  };
}

export function badSchemaName(at: { name: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-013',
    severity: 'error',
    message: `"${at.name}" cannot name a schema.`,
    span: at.span,
    hint: 'Use lower-case letters, digits and single underscores, beginning with a letter; "__" parts schema and environment.',
  };
}

export function noWarehousePath(at: { span: Span; written: string | undefined }): Diagnostic {
  return {
    code: 'PRJ-014',
    severity: 'error',
    message:
      at.written === undefined
        ? 'A duckdb target needs the path of its file.'
        : `"${at.written}" is no file; versions must outlive the command that builds them.`,
    span: at.span,
    hint: 'Write path: warehouse/dev.duckdb.',
  };
}

export function projectCodeRefused(at: { path: string }): Diagnostic {
  return {
    code: 'PRJ-015',
    severity: 'error',
    message: `${at.path} is TypeScript, and --no-project-code refuses to run it.`,
    hint: 'Read the file, then leave the flag out; it runs with your rights.',
  };
}

export function projectCodeFailed(at: { path: string; problem: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-016',
    severity: 'error',
    message: `${at.path} cannot be loaded: ${at.problem}`,
    span: at.span,
  };
}

export function sharedFolder(at: { path: string; first: string; second: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-017',
    severity: 'error',
    message: `"${at.path}" stands in ${at.first} and in ${at.second}.`,
    span: at.span,
    hint: 'Give each kind of file a folder of its own.',
  };
}

export function badVariableDeclaration(at: { name: string; key: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-018',
    severity: 'error',
    message: `The declaration of var "${at.name}" has an unknown key "${at.key}".`,
    span: at.span,
    hint:
      didYouMean(at.key, ['default', 'per_run', 'description']) ??
      'Known here: default, per_run, description.',
  };
}

export function missingFolder(at: { path: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-019',
    severity: 'warning',
    message: `There is no folder "${at.path}".`,
    span: at.span,
    hint: 'Make it, or take the line out.',
  };
}

export function varsNotAMap(at: { span: Span }): Diagnostic {
  return {
    code: 'PRJ-020',
    severity: 'error',
    message: '--vars must be a map of names and values.',
    span: at.span,
    hint: 'Write it as --vars "{as_of_date: 2025-06-30}".',
  };
}

export function credentialsInSetting(at: { key: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-030',
    severity: 'error',
    message: `"${at.key}" holds credentials.`,
    span: at.span,
    hint: 'User and password are settings of their own, the password from the environment. S3 takes its keys from the AWS setup of the machine: AWS_PROFILE, AWS_ACCESS_KEY_ID, a role.',
  };
}

export function schemaNamedAsDatabase(at: { schema: string; path: string; span: Span }): Diagnostic {
  return {
    code: 'PRJ-031',
    severity: 'error',
    message: `DuckDB names a database after its file, ${at.path}, so "${at.schema}" would mean both the database and the schema.`,
    span: at.span,
    hint: 'Give the schema or the file another name.',
  };
}
