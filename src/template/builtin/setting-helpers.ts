import { missingEnvironmentVariable, unknownVariable } from '../../diagnostic/catalogue/template.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { didYouMean } from '../../diagnostic/suggestion.ts';
import type { ContextHelper } from '../context.ts';
import { HelperError, type TemplateValue } from '../helper.ts';
import { holdsMarkerCharacters } from '../relation-marker.ts';
import { isMap, isRelation } from '../template-value.ts';

/** The helpers that read the project's settings and the run's. */
export const settingHelpers: readonly ContextHelper[] = [
  {
    name: 'config',
    doc: 'Sets configs of the model that it stands in; prints nothing. `{{config materialized="table"}}`',
    parameters: [],
    run: () => '',
  },
  {
    name: 'var',
    doc: 'The value of a var of project.yml or `--vars`, or the default. `{{literal (var "timezone" "UTC")}}`',
    parameters: [
      { name: 'name', type: 'string' },
      { name: 'default', type: 'any', optional: true },
    ],
    run: ({ positional: [name, fallback], span }, context) => {
      const declared = context.variable(String(name));
      const value = declared === undefined ? fallback : declared;
      if (value !== undefined) return withoutMarkers(value);
      throw new DiagnosticError([
        unknownVariable({ name: String(name), span, candidates: context.variableNames }),
      ]);
    },
  },
  {
    name: 'env_var',
    doc: 'An environment variable, or the default; secrets are refused. `{{literal (env_var "REGION" "eu")}}`',
    parameters: [
      { name: 'name', type: 'string' },
      { name: 'default', type: 'string', optional: true },
    ],
    run: ({ positional: [name, fallback], span }, context) => {
      const value = context.environmentVariable(String(name)) ?? fallback;
      if (value !== undefined) return withoutMarkers(value);
      throw new DiagnosticError([missingEnvironmentVariable({ name: String(name), span })]);
    },
  },
  {
    name: 'is_incremental',
    doc: 'False: there are no incremental models yet. `{{#if (is_incremental)}} … {{/if}}`',
    parameters: [],
    run: (_, context) => context.isIncremental,
  },
  {
    name: 'target',
    doc: 'A setting of the target that is run on: name, adapter, schema. `{{#if (eq (target "name") "prod")}} … {{/if}}`',
    parameters: [{ name: 'setting', type: 'string' }],
    run: ({ positional: [setting] }, { target }) => {
      const name = String(setting);
      if (Object.hasOwn(target, name)) return target[name];
      const names = Object.keys(target);
      throw new HelperError(
        `a target has no setting "${name}" that templates may read.`,
        didYouMean(name, names) ?? `It has: ${names.join(', ')}.`,
      );
    },
  },
];

/** A setting must not smuggle a relation into the text. */
function withoutMarkers(value: TemplateValue): TemplateValue {
  if (typeof value === 'string' && holdsMarkerCharacters(value)) {
    throw new HelperError(
      'the value holds a private-use character (U+E000 or U+E001).',
      'Remove the character.',
    );
  }
  if (Array.isArray(value)) value.forEach(withoutMarkers);
  else if (isMap(value) && !isRelation(value)) Object.values(value).forEach(withoutMarkers);
  return value;
}
