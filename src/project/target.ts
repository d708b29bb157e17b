import { basename, resolve } from 'node:path';
import { z } from 'zod';
import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { fillIn, readEnvironmentText } from './environment-text.ts';
import { isS3Address, landingPlace, landingSettings } from './landing-settings.ts';
import { isSchemaName } from './name.ts';
import { postgresSettings } from './postgres-settings.ts';
import type { Target, YamlValue } from './project.ts';
import type { ProjectSettings } from './project-schema.ts';
import { redshiftSettings } from './redshift-settings.ts';
import { redshiftTargetProblems } from './redshift-target.ts';
import { refuseGivenCredentials, refuseWrittenSecrets, secretsOf } from './target-secrets.ts';
import { type CheckedYaml, reportIssues } from './yaml-check.ts';
import type { YamlPath } from './yaml-document.ts';

const COMMON_KEYS = ['adapter', 'schema', 'threads', 'landing', 'path', 'grants', 'publish_untested'];

/** The settings that only one adapter reads. */
const SETTINGS: Readonly<Record<string, z.ZodObject>> = {
  duckdb: z.strictObject({}),
  postgres: postgresSettings,
  redshift: redshiftSettings,
};

/** Settings that name a file, relative to the project's root. */
const FILE_SETTINGS = ['sslrootcert'];

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...COMMON_KEYS,
  ...[...Object.values(SETTINGS), landingSettings].flatMap(({ shape }) => Object.keys(shape)),
]);

const threads = z.coerce.number().int().min(1).max(64);

/** The chosen target, and the names of all environment variables that any target uses. */
export interface ChosenTarget {
  readonly target: Target | undefined;
  readonly variables: ReadonlySet<string>;
}

export interface TargetChoice {
  readonly root: string;
  readonly target: string | undefined;
  readonly threads: number | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly hide: ((value: string) => void) | undefined;
}

/** Reads all targets, refuses secrets in any of them, and fills in the environment for the chosen one. */
export function chooseTarget(
  settings: CheckedYaml<ProjectSettings>,
  choice: TargetChoice,
  report: Report,
): ChosenTarget {
  const { variables, isClean } = refuseWrittenSecrets(settings, choice.hide, report);
  const name = chosenName(settings, choice, report);
  if (name === undefined) return { target: undefined, variables };
  const base = ['targets', name];
  for (const secret of secretsOf(settings.value.targets[name] as Mapping, KNOWN_KEYS, choice.env))
    choice.hide?.(secret);
  let complete = true;
  const written = filledIn(
    settings.value.targets[name] as YamlValue,
    settings.spanAt(base),
    choice.env,
    (variable, path) => {
      const span = settings.spanAt([...base, ...path]);
      complete = false;
      report(catalogue.missingEnvironmentVariable({ name: variable, target: name, span }));
    },
  );
  if (complete && isClean)
    complete = refuseGivenCredentials(written, base, { settings, hide: choice.hide, report });
  const target = complete ? readTarget(name, written as Mapping, settings, choice, report) : undefined;
  return { target, variables };
}

type Mapping = { readonly [key: string]: YamlValue };

/** A target with the environment filled in; mistakes in its texts are reported already. */
function filledIn(
  value: YamlValue,
  span: Span,
  env: NodeJS.ProcessEnv,
  missing: (variable: string, path: YamlPath) => void,
  path: YamlPath = [],
): YamlValue {
  if (typeof value === 'string')
    return fillIn(
      readEnvironmentText(value, span, () => {}),
      env,
      (variable) => missing(variable, path),
    );
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, filledIn(item, span, env, missing, [...path, key])] as const,
  );
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function chosenName(
  settings: CheckedYaml<ProjectSettings>,
  choice: TargetChoice,
  report: Report,
): string | undefined {
  const targets = Object.keys(settings.value.targets);
  const span = settings.spanAt([choice.target === undefined && settings.value.target ? 'target' : 'targets']);
  const name = choice.target ?? settings.value.target ?? (targets.length === 1 ? targets[0] : undefined);
  if (name === undefined) report(catalogue.noDefaultTarget({ targets, span }));
  else if (targets.includes(name)) return name;
  else report(catalogue.unknownTarget({ name, targets, span }));
  return undefined;
}

function readTarget(
  name: string,
  written: Mapping,
  settings: CheckedYaml<ProjectSettings>,
  choice: TargetChoice,
  report: Report,
): Target | undefined {
  const base = ['targets', name];
  const found: Parameters<Report>[0][] = [];
  const note: Report = (diagnostic) => found.push(diagnostic);
  const adapter = String(written['adapter']);
  const schema = String(written['schema']);
  const landing = String(written['landing'] ?? 'landing');
  const settingsSchema = settingsOf(adapter, landing);
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => !COMMON_KEYS.includes(key)));
  const check = (schemaOfPart: z.ZodType, input: YamlValue, path: YamlPath) => {
    const result = schemaOfPart.safeParse(input);
    const context = { schema: schemaOfPart, input, base: path, ...settings, alsoKnown: COMMON_KEYS };
    if (!result.success) reportIssues(result.error.issues, context, note);
  };
  if (settingsSchema === undefined)
    note(
      catalogue.unknownAdapter({
        adapter,
        known: Object.keys(SETTINGS),
        span: settings.spanAt([...base, 'adapter']),
      }),
    );
  else check(settingsSchema, own, base);
  if (adapter === 'redshift' && found.length === 0) {
    const placed = {
      settings: redshiftSettings.strip().parse(own),
      landing: written['landing'] === undefined ? undefined : landing,
      spanOf: (key: string) => settings.spanAt([...base, key]),
    };
    for (const problem of redshiftTargetProblems(placed)) note(problem);
  }
  if (!isSchemaName(schema))
    note(catalogue.badSchemaName({ name: schema, span: settings.spanAt([...base, 'schema']) }));
  if (written['threads'] !== undefined) check(threads, written['threads'], [...base, 'threads']);
  const path = typeof written['path'] === 'string' ? written['path'] : undefined;
  if (adapter === 'duckdb' && (path === undefined || path === '' || path.startsWith(':')))
    note(catalogue.noWarehousePath({ written: path, span: settings.spanAt([...base, 'path']) }));
  if (adapter === 'duckdb' && path !== undefined && databaseName(path) === schema.toLowerCase())
    note(catalogue.schemaNamedAsDatabase({ schema, path, span: settings.spanAt([...base, 'schema']) }));
  for (const diagnostic of found) report(diagnostic);
  if (found.length > 0) return undefined;
  return {
    name,
    adapter,
    schema,
    threads: choice.threads ?? Number(written['threads'] ?? 4),
    landing: landingPlace(
      choice.root,
      landing,
      isS3Address(landing) ? landingSettings.strip().parse(own) : {},
    ),
    ...(path === undefined ? {} : { path: resolve(choice.root, path) }),
    publishUntested: written['publish_untested'] !== false,
    ...(written['grants'] === false && { withoutGrants: true }),
    settings: withWholePaths(own, choice.root),
  };
}

/** What DuckDB calls a database: its file's name up to the first point. Names do not tell capitals apart. */
function databaseName(path: string): string {
  return basename(path).replace(/\..*/, '').toLowerCase();
}

/** What a target of the adapter may set; where its batches land in S3, also how to reach the bucket. */
function settingsOf(adapter: string, landing: string): z.ZodObject | undefined {
  const own = Object.hasOwn(SETTINGS, adapter) ? SETTINGS[adapter] : undefined;
  return isS3Address(landing) ? own?.extend(landingSettings.shape) : own;
}

function withWholePaths(settings: Mapping, root: string): Mapping {
  const whole = ([key, value]: [string, YamlValue]) =>
    [key, FILE_SETTINGS.includes(key) && typeof value === 'string' ? resolve(root, value) : value] as const;
  return Object.fromEntries(Object.entries(settings).map(whole));
}
