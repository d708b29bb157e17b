import { atWithPlus, malformedSelector } from '../diagnostic/catalogue/select.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';

/** A selector is a set of nodes as people describe it. */
export type Selector =
  | Criterion
  | { readonly kind: 'everything' }
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly Selector[] };

/** What is selected, and what is left out of it. */
export interface Selectors {
  readonly included: Selector;
  readonly excluded: Selector | undefined;
}

/** What a method matches, and how far to go from there: `2+tag:nightly+`. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly method: string;
  /** What stands behind the method's dot; '' for nothing. */
  readonly argument: string;
  readonly value: string;
  /** `@`: also all descendants, and everything that those read. */
  readonly closure: boolean;
  /** Steps upstream: 0 for none, Infinity for a bare `+`. */
  readonly parents: number;
  /** Steps downstream. */
  readonly children: number;
  /** Where it stands on the command line. */
  readonly span: Span;
}

/**
 * Reads the values of `--select` and `--exclude`, each `[@][N+][method[.argument]:]value[+N]`; spaces and repeated
 * flags mean union, commas intersection. No `--select` selects everything.
 */
export function parseSelector(
  flags: { readonly select: readonly string[]; readonly exclude: readonly string[] },
  report: Report,
): Selectors {
  const { select, exclude } = flags;
  return {
    included: select.length === 0 ? { kind: 'everything' } : parseUnion('--select', select, report),
    excluded: exclude.length === 0 ? undefined : parseUnion('--exclude', exclude, report),
  };
}

function parseUnion(flag: string, texts: readonly string[], report: Report): Selector {
  const parts = texts.flatMap((text) => {
    const words = [...text.matchAll(/\S+/g)];
    const source = { path: flag, text };
    if (words.length === 0) report(malformedSelector({ text, span: spanAt(source, 0) }));
    return words.map((word) =>
      parseIntersection(word[0], (from, to) => spanAt(source, word.index + from, word.index + to), report),
    );
  });
  return { kind: 'union', parts };
}

type SpanWithin = (from: number, to: number) => Span;

function parseIntersection(text: string, spanOf: SpanWithin, report: Report): Selector {
  const parts = [...text.matchAll(/[^,]+/g)];
  const commas = text.split(',').length - 1;
  if (parts.length !== commas + 1) report(malformedSelector({ text, span: spanOf(0, text.length) }));
  const criteria = parts.flatMap((part) => {
    const criterion = parseCriterion(part[0], spanOf(part.index, part.index + part[0].length), report);
    return criterion === undefined ? [] : [criterion];
  });
  const [only] = criteria;
  return only !== undefined && criteria.length === 1 ? only : { kind: 'intersection', parts: criteria };
}

const CRITERION =
  /^(?<at>@)?(?<up>(?<upSteps>\d*)\+)?(?:(?<method>\w+)(?:\.(?<argument>[\w.-]+))?:)?(?<value>.+?)(?<down>\+(?<downSteps>\d*))?$/s;

function parseCriterion(text: string, span: Span, report: Report): Criterion | undefined {
  const groups = CRITERION.exec(text)?.groups;
  const value = groups?.['value'];
  if (groups === undefined || value === undefined || isStray(value, groups['method'])) {
    report(malformedSelector({ text, span }));
    return undefined;
  }
  const closure = groups['at'] !== undefined;
  if (closure && groups['down'] !== undefined) report(atWithPlus({ text, span }));
  return {
    kind: 'criterion',
    method: groups['method'] ?? methodOfBareValue(value),
    argument: groups['argument'] ?? '',
    value,
    closure,
    parents: steps(groups['up'], groups['upSteps']),
    children: steps(groups['down'], groups['downSteps']),
    span,
  };
}

/** Whether a value holds what should have been an operator: `++x`, `tag:`, `@@x`. */
function isStray(value: string, method: string | undefined): boolean {
  return /^[+@:]|\+$/.test(value) || (method === undefined && value.includes(':'));
}

/** A value without a method is a path if it has a slash, a file if it has a file's ending, else a name. */
function methodOfBareValue(value: string): string {
  if (value.includes('/')) return 'path';
  return /\.(sql|csv|ts|ya?ml)$/.test(value) ? 'file' : 'fqn';
}

function steps(plus: string | undefined, depth: string | undefined): number {
  if (plus === undefined) return 0;
  return depth === undefined || depth === '' ? Number.POSITIVE_INFINITY : Number(depth);
}
