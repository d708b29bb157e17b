import type { Diagnostic, RelatedPlace, Severity } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

/** What a rule of the lint found; the rules themselves are in compile/portability. */
export function notPortable(finding: {
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** The address of the page of documentation. */
  readonly page: string;
  readonly place: { readonly span: Span; readonly related: readonly RelatedPlace[] };
}): Diagnostic {
  const { code, severity, what, message, hint, page, place } = finding;
  return {
    code,
    severity,
    message: `${what}: ${message}`,
    ...place,
    hint: `${hint === undefined ? '' : `${hint}\n`}${page}`,
  };
}

export function unknownLintCode({
  code,
  name,
  span,
  known,
}: {
  readonly code: string;
  readonly name: string;
  readonly span: Span;
  readonly known: readonly string[];
}): Diagnostic {
  return {
    code: 'PRT-002',
    severity: 'error',
    message: `"${name}" switches off ${code}, which is no rule of the lint.`,
    span,
    hint: didYouMean(code, known) ?? 'docs/portability.md lists the rules.',
  };
}
