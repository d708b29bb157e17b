import type { Diagnostic, RelatedPlace } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

interface At {
  readonly span: Span;
}

interface Named extends At {
  readonly name: string;
}

function error(code: string, message: string, span: Span, hint?: string): Diagnostic {
  return { code, severity: 'error', message, span, ...(hint === undefined ? {} : { hint }) };
}

function warning(code: string, message: string, span: Span, hint: string): Diagnostic {
  return { code, severity: 'warning', message, span, hint };
}

/** Grammar. */

export function unexpectedInTag({
  found,
  hint,
  span,
}: At & { found: string; hint?: string | undefined }): Diagnostic {
  return error('TPL-001', `${found} does not belong here.`, span, hint);
}

export function blockNotClosed({ name, span }: Named): Diagnostic {
  return error('TPL-002', `The block "${name}" is not closed.`, span, `Close it with {{/${name}}}.`);
}

export function tagNotClosed({ span }: At): Diagnostic {
  return error('TPL-003', 'The tag is not closed.', span, 'Close it with }}.');
}

export function wrongClosingTag({
  open,
  close,
  span,
  opened,
}: At & { open: string; close: string; opened: Span }): Diagnostic {
  return {
    ...error(
      'TPL-004',
      `{{/${close}}} closes nothing: the open block is "${open}".`,
      span,
      `Write {{/${open}}}.`,
    ),
    related: [{ message: `"${open}" is opened here`, span: opened }],
  };
}

export function invalidPath({ path, span }: At & { path: string }): Diagnostic {
  return error(
    'TPL-005',
    `"${path}" is not a name.`,
    span,
    'Write the name alone, or property names joined by dots.',
  );
}

export function markerCharacter({ span }: At): Diagnostic {
  return error(
    'TPL-006',
    'The template holds one of the private-use characters U+E000 and U+E001, which stand for relations inside.',
    span,
    'Remove the character.',
  );
}

export function jinjaTag({ tag, span }: At & { tag: string }): Diagnostic {
  return error(
    'TPL-007',
    `"${tag}" is a tag of Jinja, which would be sent to the warehouse as text.`,
    span,
    'Templates are Handlebars: {{#if (is_incremental)}} … {{/if}}, {{#each list as |item|}} … {{/each}}; macros and {{config …}} take no {% %}.',
  );
}

export function partialTag({ span }: At): Diagnostic {
  return error(
    'TPL-008',
    'Partials are not supported.',
    span,
    'Write a macro, and call it: {{my_macro "x"}}.',
  );
}

export function decoratorTag({ span }: At): Diagnostic {
  return error('TPL-009', 'Decorators are not supported.', span);
}

export function nestedTooDeeply({ limit, span }: At & { limit: number }): Diagnostic {
  return error(
    'TPL-010',
    `The template is nested more than ${limit} levels deep.`,
    span,
    'Move the inner part into a macro.',
  );
}

/** Names and values. */

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

/** Arguments. */

export function duplicateArgument({ name, span, first }: Named & { first: Span }): Diagnostic {
  return {
    ...error('TPL-040', `The argument "${name}" is given twice.`, span, 'Take one out.'),
    related: [{ message: 'first here', span: first }],
  };
}

export function missingArgument({
  name,
  parameter,
  usage,
  span,
}: Named & { parameter: string; usage: string }): Diagnostic {
  return error('TPL-041', `"${name}" lacks its argument "${parameter}".`, span, `Usage: ${usage}`);
}

export function surplusArgument({
  name,
  most,
  usage,
  span,
}: Named & { most: number; usage: string }): Diagnostic {
  const takes = most === 0 ? 'no arguments' : most === 1 ? 'one argument' : `at most ${most} arguments`;
  return error('TPL-042', `"${name}" takes ${takes}.`, span, `Usage: ${usage}`);
}

export function unknownArgument({
  name,
  argument,
  usage,
  candidates,
  span,
}: Named & { argument: string; usage: string; candidates: readonly string[] }): Diagnostic {
  return error(
    'TPL-043',
    `"${name}" has no argument "${argument}".`,
    span,
    didYouMean(argument, candidates) ?? `Usage: ${usage}`,
  );
}

export function wrongArgument({
  name,
  parameter,
  wanted,
  got,
  hint,
  span,
}: Named & { parameter: string; wanted: string; got: string; hint?: string | undefined }): Diagnostic {
  return error(
    'TPL-044',
    `The argument "${parameter}" of "${name}" must be ${wanted}, and is ${got}.`,
    span,
    hint,
  );
}

export function argumentNotLiteral({
  name,
  argument,
  example,
  span,
}: Named & { argument: string; example: string }): Diagnostic {
  return error(
    'TPL-045',
    `The ${argument} of "${name}" must be text in quotes, so that it can be read without running the template.`,
    span,
    `Write ${example}.`,
  );
}

/** Blocks. */

export function unknownBlock({ name, span, callable }: Named & { callable: boolean }): Diagnostic {
  const hint = callable ? `Call it as {{${name} …}}.` : didYouMean(name, ['if', 'unless', 'each', 'with']);
  return error(
    'TPL-050',
    `There is no block "${name}"; there are #if, #unless, #each and #with.`,
    span,
    hint,
  );
}

export function surplusBlockParameters({ name, most, span }: Named & { most: number }): Diagnostic {
  const gives = most === 0 ? 'no parameters' : most === 1 ? 'one parameter' : `${most} parameters`;
  return error('TPL-051', `${name} gives ${gives} to its block.`, span);
}

export function notIterable({ what, span }: At & { what: string }): Diagnostic {
  return error(
    'TPL-052',
    `#each needs a list or a map, and gets ${what}.`,
    span,
    'A list is written (list "a" "b").',
  );
}

/** config. */

export function configInBlock({ span }: At): Diagnostic {
  return error(
    'TPL-060',
    'config may not stand inside a block: it is read without running the template.',
    span,
    'Write it at the top of the file.',
  );
}

export function configTwice({ span, first }: At & { first: Span }): Diagnostic {
  return {
    ...error('TPL-061', 'The file has a second config.', span, 'Join the two.'),
    related: [{ message: 'the first one', span: first }],
  };
}

export function configNotLiteral({ key, span }: At & { key: string }): Diagnostic {
  return error(
    'TPL-062',
    `config takes literals and lists of literals, and "${key}" is neither.`,
    span,
    'Write text, a number, true, false or (list "a" "b"); other values go in the properties file.',
  );
}

export function configWithoutKey({ span }: At): Diagnostic {
  return error(
    'TPL-063',
    'config takes named arguments only.',
    span,
    'Write {{config materialized="table"}}.',
  );
}

export function configInMacro({ span }: At): Diagnostic {
  return error('TPL-064', 'config belongs in a model, not in a macro.', span);
}

export function configAsArgument({ span }: At): Diagnostic {
  return error(
    'TPL-065',
    'config is a tag of its own, and gives no value.',
    span,
    'Write {{config …}} at the top of the file.',
  );
}

export function referenceInComment({ name, span }: Named): Diagnostic {
  return warning(
    'TPL-066',
    `This ${name} stands in an SQL comment and counts all the same: the model depends on it.`,
    span,
    'Comment tags out with {{!-- … --}}.',
  );
}

/** Running. */

export function unknownVariable({
  name,
  span,
  candidates,
}: Named & { candidates: readonly string[] }): Diagnostic {
  return error(
    'TPL-070',
    `There is no var "${name}".`,
    span,
    didYouMean(name, candidates) ??
      `Declare it under vars: in project.yml, or give a default: (var "${name}" "…").`,
  );
}

export function missingEnvironmentVariable({ name, span }: Named): Diagnostic {
  return error(
    'TPL-071',
    `The environment variable "${name}" is not set.`,
    span,
    `Set it, or give a default: (env_var "${name}" "…").`,
  );
}

export function refusedCall({
  name,
  message,
  hint,
  span,
}: Named & { message: string; hint: string | undefined }): Diagnostic {
  return error('TPL-072', `${name}: ${message}`, span, hint);
}

export function failedCall({ name, message, span }: Named & { message: string }): Diagnostic {
  return error(
    'TPL-073',
    `"${name}" threw an error: ${message}`,
    span,
    'Mend the function in the macro file.',
  );
}

export function macrosTooDeep({ name, limit, span }: Named & { limit: number }): Diagnostic {
  return error(
    'TPL-074',
    `The macro "${name}" is called more than ${limit} levels deep; does it call itself?`,
    span,
  );
}

export function outputTooLong({ limit, span }: At & { limit: number }): Diagnostic {
  return error(
    'TPL-075',
    `The output is longer than ${limit} characters.`,
    span,
    'Shorten the loop that writes it.',
  );
}

export function noBodyForAdapter({
  name,
  adapter,
  bodies,
  span,
}: Named & { adapter: string; bodies: readonly string[] }): Diagnostic {
  return error(
    'TPL-076',
    `The macro "${name}" has no body for ${adapter}, only for ${bodies.join(' and ')}.`,
    span,
    `Write {{#macro "${name}" adapter="${adapter}" …}}, or a body without adapter for all others.`,
  );
}

/** Macro files. */

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
    `The parameter "${name}" of "${macro}" has no default, and stands behind one that has.`,
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

/** Adds the macro calls that led to a mistake, innermost first. */
export function throughCalls(diagnostic: Diagnostic, calls: readonly RelatedPlace[]): Diagnostic {
  if (calls.length === 0) return diagnostic;
  return { ...diagnostic, related: [...(diagnostic.related ?? []), ...calls] };
}
