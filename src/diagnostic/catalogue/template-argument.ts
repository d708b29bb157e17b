import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';
import { type At, error, type Named } from './template-diagnostic.ts';

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
