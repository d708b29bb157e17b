import * as catalogue from '../diagnostic/catalogue/template.ts';
import { type Evaluation, reportIn, spanIn } from './evaluation.ts';
import type { Parameter, ParameterType, TemplateValue } from './helper.ts';
import type { CallSyntax, Place } from './syntax.ts';
import { describe, isRelation, printed } from './template-value.ts';

/** What a helper or macro takes. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly named?: readonly Parameter[];
  /** The parameters may be given by name as well: those of macros. */
  readonly byName?: boolean;
}

/** Reports arguments that are missing, too many or unknown; true if there are none. */
export function checkShape(evaluation: Evaluation, call: CallSyntax, signature: Signature): boolean {
  const mistakes = [
    ...surplusArguments(evaluation, call, signature),
    ...unknownArguments(evaluation, call, signature),
    ...missingArguments(evaluation, call, signature),
  ];
  for (const mistake of mistakes) reportIn(evaluation, mistake);
  return mistakes.length === 0;
}

function surplusArguments(evaluation: Evaluation, { params }: CallSyntax, signature: Signature) {
  const { name, parameters } = signature;
  const surplus = params[parameters.length];
  if (surplus === undefined || parameters.at(-1)?.rest === true) return [];
  const span = spanIn(evaluation, surplus.loc);
  return [catalogue.surplusArgument({ name, most: parameters.length, usage: usageOf(signature), span })];
}

function unknownArguments(evaluation: Evaluation, { params, hash }: CallSyntax, signature: Signature) {
  if (hash === undefined) return [];
  const { name, parameters, named = [], byName = false } = signature;
  return hash.pairs.flatMap(({ key, loc }) => {
    const place = { start: loc.start, end: loc.start + key.length };
    const index = byName ? parameters.findIndex((parameter) => parameter.name === key) : -1;
    const positional = params[index];
    if (positional !== undefined) {
      const [span, first] = [spanIn(evaluation, place), spanIn(evaluation, positional.loc)];
      return [catalogue.duplicateArgument({ name: key, span, first })];
    }
    if (index >= 0 || named.some((parameter) => parameter.name === key)) return [];
    const candidates = [...named, ...(byName ? parameters : [])].map((parameter) => parameter.name);
    const span = spanIn(evaluation, place);
    return [catalogue.unknownArgument({ name, argument: key, usage: usageOf(signature), candidates, span })];
  });
}

function missingArguments(evaluation: Evaluation, { params, hash, loc }: CallSyntax, signature: Signature) {
  const { name, parameters, named = [], byName = false } = signature;
  const given = (parameter: Parameter) => hash?.pairs.some((pair) => pair.key === parameter.name) ?? false;
  const missing =
    parameters.find(
      (parameter, i) => !parameter.optional && i >= params.length && !(byName && given(parameter)),
    ) ?? named.find((parameter) => !parameter.optional && !given(parameter));
  if (missing === undefined) return [];
  const span = spanIn(evaluation, loc);
  return [catalogue.missingArgument({ name, parameter: missing.name, usage: usageOf(signature), span })];
}

/** How a call is written: `{{join list [separator]}}`. */
function usageOf({ name, parameters, named = [] }: Signature): string {
  const positional = parameters.map((parameter) => {
    const written = parameter.rest === true ? `${parameter.name}…` : parameter.name;
    return parameter.optional === true ? `[${written}]` : written;
  });
  const byName = named.map((parameter) =>
    parameter.optional ? `[${parameter.name}=…]` : `${parameter.name}=…`,
  );
  return `{{${[name, ...positional, ...byName].join(' ')}}}`;
}

/** An argument as its parameter takes it (`sql` becomes text), or a report and undefined. */
export function convertArgument(
  evaluation: Evaluation,
  name: string,
  parameter: Parameter,
  value: TemplateValue,
  place: Place,
): { readonly value: TemplateValue } | undefined {
  const { type } = parameter;
  if (fits(type, value)) return { value: type === 'sql' ? printed(value) : value };
  reportIn(
    evaluation,
    catalogue.wrongArgument({
      name,
      parameter: parameter.name,
      wanted: WANTED[type],
      got: describe(value),
      hint: conversionHint(type, value),
      span: spanIn(evaluation, place),
    }),
  );
  return undefined;
}

function fits(type: ParameterType, value: TemplateValue): boolean {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'sql':
      return printed(value) !== undefined;
    case 'relation':
      return isRelation(value);
    case 'list':
      return Array.isArray(value);
    case 'any':
      return value !== undefined;
  }
}

const WANTED: Readonly<Record<ParameterType, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  sql: 'SQL text, a number or a relation',
  relation: 'a relation',
  list: 'a list',
  any: 'a value',
};

function conversionHint(type: ParameterType, value: TemplateValue): string | undefined {
  if (type === 'string' && typeof value === 'number') return `Write it in quotes: "${value}".`;
  if (
    type === 'number' &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    Number.isFinite(Number(value))
  ) {
    return 'Write it without quotes.';
  }
  if (type === 'relation') return 'Write (ref "model"), (source "name" "table") or (self).';
  if (type === 'list') return 'Write (list "a" "b").';
  if (type === 'sql' && typeof value === 'boolean') return `Write (literal ${value}).`;
  return undefined;
}
