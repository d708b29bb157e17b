import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

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

export function badTestExpression({
  test,
  key,
  problem,
  span,
}: InTest & { key: string; problem: string }): Diagnostic {
  return {
    code: 'TST-004',
    severity: 'error',
    message: `"${key}" of test "${test}" ${problem}.`,
    span,
    hint:
      key === 'where'
        ? 'Write a condition as it follows WHERE: "amount > 0".'
        : 'Write an aggregate over the failing rows: "sum(occurrences)".',
  };
}

export function badFailureCount({ test, value, span }: InTest & { value: string }): Diagnostic {
  return {
    code: 'TST-005',
    severity: 'error',
    message: `"fail_calc" of test "${test}" gave ${value}, and not a whole number.`,
    span,
    hint: 'Round it, or give what cannot be NULL: "coalesce(sum(occurrences), 0)".',
  };
}

/** A diagnostic that always has a place. */
export type PlacedDiagnostic = Diagnostic & { readonly span: Span };

interface MissingColumn {
  readonly column: string;
  readonly relation: string;
  readonly candidates: readonly string[];
  readonly span: Span;
}

export function unknownColumn({ column, relation, candidates, span }: MissingColumn): PlacedDiagnostic {
  return {
    code: 'TST-006',
    severity: 'error',
    message: `"${relation}" has no column "${column}" to test.`,
    span,
    hint: didYouMean(column, candidates) ?? `It has: ${candidates.join(', ')}.`,
  };
}

export function unknownDescribedColumn({
  column,
  relation,
  candidates,
  span,
}: MissingColumn): PlacedDiagnostic {
  return {
    code: 'TST-007',
    severity: 'warning',
    message: `"${relation}" has no column "${column}", which is described here.`,
    span,
    hint: didYouMean(column, candidates) ?? `It has: ${candidates.join(', ')}.`,
  };
}
