import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../suggestion.ts';
import { type At, error, type Named } from './template-diagnostic.ts';

export function unknownHelper({
  name,
  span,
  candidates,
}: Named & { candidates: Iterable<string> }): Diagnostic {
  return error(
    'TPL-020',
    `There is no helper or macro "${name}".`,
    span,
    HINTS[name] ?? didYouMean(name, candidates),
  );
}

const HINTS: Readonly<Record<string, string>> = {
  lookup: 'Write the property after a dot: item.name, or list.[0].',
  log: 'Templates print SQL only; look at the compiled file.',
  this: 'The relation that the model makes is {{self}}.',
};

export function bareHelper({ name, span }: Named): Diagnostic {
  return error('TPL-021', `"${name}" is a helper, and is not called here.`, span, `Write (${name}).`);
}

export function unknownName({
  name,
  span,
  candidates,
}: Named & { candidates: Iterable<string> }): Diagnostic {
  return error(
    'TPL-022',
    `"${name}" is not a parameter that can be seen here.`,
    span,
    didYouMean(name, candidates) ?? bareNameHint(name),
  );
}

function bareNameHint(name: string): string {
  const plain = Number(name.replaceAll('_', ''));
  const numeric = /^[-\d]/.test(name) && Number.isSafeInteger(plain);
  if (numeric) return `Write the number ${plain}, or text in quotes: "${name}".`;
  const variable = /^[a-z_]\w*$/i.test(name) ? `, a var as (var "${name}")` : '';
  return `Text needs quotes: "${name}"${variable}.`;
}

/** `call`: the call of a helper that was perhaps meant by a path such as `target.name`. */
export function unknownTag({
  name,
  span,
  candidates,
  call,
}: Named & { candidates: readonly string[]; call: string | undefined }): Diagnostic {
  const hint =
    call === undefined
      ? (HINTS[name] ??
        didYouMean(name, candidates) ??
        `A var is printed by {{var "${name}"}}, a macro by its name.`)
      : `Write ${call}.`;
  return error('TPL-023', `"${name}" is neither a helper, a macro nor a parameter.`, span, hint);
}

export function parameterCalled({ name, span }: Named): Diagnostic {
  return error(
    'TPL-024',
    `"${name}" is a parameter here, and takes no arguments.`,
    span,
    'Rename the parameter to reach the helper.',
  );
}

export function noSuchProperty({
  name,
  of,
  span,
  candidates,
}: Named & { of: string; candidates: readonly string[] }): Diagnostic {
  return error(
    'TPL-025',
    `"${of}" has no property "${name}".`,
    span,
    didYouMean(name, candidates) ?? listed('It has', candidates),
  );
}

function listed(lead: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${lead}: ${names.slice(0, 10).join(', ')}.`;
}

export function thisOutsideEach({ span }: At): Diagnostic {
  return error(
    'TPL-026',
    '"this" is the item of #each or #with, and stands in none here.',
    span,
    'The relation that the model makes is {{self}}, as an argument (self).',
  );
}

export function parentPath({ path, span }: At & { path: string }): Diagnostic {
  return error(
    'TPL-027',
    `"${path}" reaches for an outer item.`,
    span,
    'Name the outer item: {{#each list as |item|}}.',
  );
}

export function unknownDataName({ name, span }: Named): Diagnostic {
  return error(
    'TPL-028',
    `"@${name}" means nothing here.`,
    span,
    'Inside #each there are @index, @key, @first and @last.',
  );
}

export function inexactNumber({
  written,
  printed,
  span,
}: At & { written: string; printed: string }): Diagnostic {
  return error(
    'TPL-029',
    `The number ${written} would become ${printed}.`,
    span,
    `Write it as text: "${written}".`,
  );
}

export function notPrintable({
  what,
  hint,
  span,
}: At & { what: string; hint: string | undefined }): Diagnostic {
  return error('TPL-030', `The tag has ${what} to print.`, span, hint);
}

export function literalAsName({ span }: At): Diagnostic {
  return error(
    'TPL-031',
    'A tag begins with the name of a helper, macro or parameter.',
    span,
    'Write text outside the tag.',
  );
}
