import type { Diagnostic, RelatedPlace } from '../diagnostic.ts';
import { didYouMean } from '../suggestion.ts';
import { type At, error, type Named } from './template-diagnostic.ts';

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

export function tooManySteps({ limit, span }: At & { limit: number }): Diagnostic {
  return error(
    'TPL-092',
    `The template takes more than ${limit} steps.`,
    span,
    'Each tag that is evaluated is a step: call fewer macros within macros, or loop over less.',
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

/** Adds the macro calls that led to a mistake, innermost first. */
export function throughCalls(diagnostic: Diagnostic, calls: readonly RelatedPlace[]): Diagnostic {
  if (calls.length === 0) return diagnostic;
  return { ...diagnostic, related: [...(diagnostic.related ?? []), ...calls] };
}
