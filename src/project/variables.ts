import * as catalogue from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Variable, YamlValue } from './project.ts';
import type { CheckedYaml } from './yaml-check.ts';

const DECLARATION_KEYS: ReadonlySet<string> = new Set(['default', 'per_run', 'description']);

/** The vars of a run: those that project.yml declares, with the values that `--vars` gives in their place. */
export function readVariables(
  settings: CheckedYaml<{ readonly vars?: Readonly<Record<string, YamlValue>> | undefined }>,
  given: Readonly<Record<string, YamlValue>>,
  report: Report,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const [name, declared] of Object.entries(settings.value.vars ?? {}))
    variables.set(name, declaredVariable(name, declared, settings, report));
  for (const [name, value] of Object.entries(given)) {
    const declared = variables.get(name);
    if (declared === undefined)
      report(catalogue.undeclaredVariable({ name, declared: [...variables.keys()] }));
    else variables.set(name, { ...declared, value });
  }
  return variables;
}

/** A mapping with `default` is a declaration; any other value is the var's value. */
function declaredVariable(
  name: string,
  declared: YamlValue,
  settings: CheckedYaml<unknown>,
  report: Report,
): Variable {
  if (!isDeclaration(declared)) return { value: declared, perRun: false };
  for (const key of Object.keys(declared))
    if (!DECLARATION_KEYS.has(key))
      report(catalogue.badVariableDeclaration({ name, key, span: settings.keySpanAt(['vars', name, key]) }));
  return { value: declared['default'] ?? null, perRun: declared['per_run'] === true };
}

function isDeclaration(value: YamlValue): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'default' in value;
}
