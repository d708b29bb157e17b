import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';
import { type At, error, type Named, warning } from './template-diagnostic.ts';

export function textOutsideMacro({ span }: At): Diagnostic {
  return error(
    'TPL-080',
    'A macro file holds {{#macro "name" …}} blocks and comments only.',
    span,
    'Move this into a macro; a model belongs under models/.',
  );
}

export function macroWithoutName({ span }: At): Diagnostic {
  return error(
    'TPL-081',
    'The macro has no name that can be called.',
    span,
    'Write {{#macro "name" as |first second|}}: letters, digits and underscores.',
  );
}

export function macroDefinedTwice({
  name,
  adapter,
  span,
  first,
}: Named & { adapter: string | undefined; first: Span }): Diagnostic {
  const scope = adapter === undefined ? '' : ` for ${adapter}`;
  return {
    ...error('TPL-082', `The macro "${name}" is defined twice${scope}.`, span, 'Rename one.'),
    related: [{ message: 'first here', span: first }],
  };
}

export function macroHidesHelper({ name, span }: Named): Diagnostic {
  return error('TPL-083', `The macro "${name}" has the name of a built-in helper.`, span, 'Rename it.');
}

export function macroHidesFunction({ name, span }: Named): Diagnostic {
  return error(
    'TPL-084',
    `The macro "${name}" has the name of a function of a TypeScript macro file.`,
    span,
    'Rename one.',
  );
}

export function functionHidesHelper({ name }: { readonly name: string }): Diagnostic {
  return {
    code: 'TPL-085',
    severity: 'error',
    message: `The TypeScript macro "${name}" has the name of a built-in helper.`,
    hint: 'Rename it.',
  };
}

export function defaultWithoutParameter({
  name,
  macro,
  span,
  candidates,
}: Named & { macro: string; candidates: readonly string[] }): Diagnostic {
  return error(
    'TPL-086',
    `The macro "${macro}" has a default for "${name}", and no parameter of that name.`,
    span,
    didYouMean(name, candidates) ?? `Add it between the bars: as |… ${name}|.`,
  );
}

export function defaultNotLiteral({ name, span }: Named): Diagnostic {
  return error('TPL-087', `The default of "${name}" must be text, a number, true, false or null.`, span);
}

export function requiredAfterOptional({ name, macro, span }: Named & { macro: string }): Diagnostic {
  return error(
    'TPL-088',
    `The parameter "${name}" of "${macro}" has no default, and comes after one that has.`,
    span,
    'Put parameters with defaults last.',
  );
}

export function duplicateParameter({ name, macro, span }: Named & { macro: string }): Diagnostic {
  return error('TPL-089', `The macro "${macro}" has two parameters "${name}".`, span, 'Rename one.');
}

export function unusedParameter({ name, macro, span }: Named & { macro: string }): Diagnostic {
  return warning(
    'TPL-090',
    `The macro "${macro}" does not use its parameter "${name}".`,
    span,
    'Take it out.',
  );
}

export function nestedMacro({ span }: At): Diagnostic {
  return error(
    'TPL-091',
    'A macro cannot be defined here.',
    span,
    'Define macros one after another in files under macros/, outside other blocks.',
  );
}
