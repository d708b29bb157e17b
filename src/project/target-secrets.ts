import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import { credentialsIn } from './credentials-text.ts';
import { readEnvironmentText, variablesIn } from './environment-text.ts';
import type { YamlValue } from './project.ts';
import type { ProjectSettings } from './project-schema.ts';
import { isNamedLikeSecret } from './secret-name.ts';
import { writtenSecret } from './written-secret.ts';
import type { CheckedYaml } from './yaml-check.ts';
import type { YamlPath } from './yaml-document.ts';

type Hide = ((value: string) => void) | undefined;

/** What the texts of all targets hold. */
export interface TargetTexts {
  /** The names of the environment variables in use. */
  readonly variables: ReadonlySet<string>;
  /** No secret is written out in any of them. */
  readonly isClean: boolean;
}

/** Refuses secrets that are written out in any target, and calls other than env_var. */
export function refuseWrittenSecrets(
  settings: CheckedYaml<ProjectSettings>,
  hide: Hide,
  report: Report,
): TargetTexts {
  const variables = new Set<string>();
  let isClean = true;
  for (const { key, text, path } of textsOf(settings.value.targets as YamlValue, ['targets'])) {
    const span = settings.spanAt(path);
    const parts = readEnvironmentText(text, span, report);
    for (const name of variablesIn(parts)) variables.add(name);
    const secret = writtenSecret(key, parts);
    if (secret === undefined) continue;
    isClean = false;
    hideAll(secret.values, hide);
    report(
      secret.kind === 'secret'
        ? catalogue.literalSecret({ key, span })
        : catalogue.credentialsInSetting({ key, span }),
    );
  }
  return { variables, isClean };
}

/** Refuses credentials that the environment puts into an address of a target; `target` is filled in. Gives whether there are none. */
export function refuseGivenCredentials(
  target: YamlValue,
  base: YamlPath,
  { settings, hide, report }: { settings: CheckedYaml<ProjectSettings>; hide: Hide; report: Report },
): boolean {
  let isClean = true;
  for (const { key, text, path } of textsOf(target, base)) {
    const credentials = isNamedLikeSecret(key) ? [] : credentialsIn(text);
    if (credentials.length === 0) continue;
    isClean = false;
    hideAll(credentials, hide);
    report(catalogue.credentialsInSetting({ key, span: settings.spanAt(path) }));
  }
  return isClean;
}

/**
 * What a target takes from the environment and nobody may see: variables that are named like secrets, or are for a setting that
 * is, or for one that nobody knows.
 */
export function secretsOf(
  target: YamlValue,
  knownKeys: ReadonlySet<string>,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  return textsOf(target, []).flatMap(({ key, text, path }) => {
    const names = variablesIn(readEnvironmentText(text, NOWHERE, () => {}));
    const isSecret = isNamedLikeSecret(key) || !knownKeys.has(String(path[0]));
    return names.filter((name) => isSecret || isNamedLikeSecret(name)).flatMap((name) => env[name] ?? []);
  });
}

const NOWHERE = spanAt({ path: 'project.yml', text: '' }, 0);

/** What is refused is hidden before it is reported: the place of a mistake is shown with its text. */
function hideAll(values: readonly string[], hide: Hide): void {
  for (const value of values) hide?.(value);
}

/** A text of a target; `key` is the setting that it is of, also in a list. */
interface SettingText {
  readonly key: string;
  readonly text: string;
  readonly path: YamlPath;
}

function textsOf(value: YamlValue, path: YamlPath, key = ''): readonly SettingText[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [{ key, text: String(value), path }];
  return Object.entries(value).flatMap(([step, item]) =>
    textsOf(item, [...path, step], Array.isArray(value) ? key : step),
  );
}
