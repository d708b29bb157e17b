import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';

interface InTest {
  readonly test: string;
  readonly span: Span;
}

export function badTestArgument({
  test,
  argument,
  problem,
  span,
}: InTest & { argument: string; problem: string }) {
  return {
    code: 'TST-001',
    severity: 'error',
    message:
      argument === ''
        ? `Test "${test}" ${problem}.`
        : `Argument "${argument}" of test "${test}": ${problem}.`,
    span,
  } satisfies Diagnostic;
}

export function badTestCall({
  test,
  problem,
  hint,
  span,
}: InTest & { problem: string; hint: string | undefined }) {
  return {
    code: 'TST-002',
    severity: 'error',
    message: `Test "${test}": ${problem}`,
    span,
    ...(hint === undefined ? {} : { hint }),
  } satisfies Diagnostic;
}

export function badThreshold({ test, key, text, span }: InTest & { key: string; text: string }): Diagnostic {
  return {
    code: 'TST-003',
    severity: 'error',
    message: `${key} of test "${test}" is no comparison with a count: "${text}".`,
    span,
    hint: 'Write for example "> 10", "!= 0" or "between 1 and 9".',
  };
}
