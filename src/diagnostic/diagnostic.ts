import type { Span } from './span.ts';

export type Severity = 'error' | 'warning';

/** A diagnostic is one mistake of a user's: what, where, and how to mend it. */
export interface Diagnostic {
  /** Stable and searchable: three letters of the stage and three digits, such as `REF-001`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that names the thing at fault. */
  readonly message: string;
  readonly span?: Span;
  /** What to do about it; one sentence, or a few lines. */
  readonly hint?: string;
  /** Other places that belong to the mistake, such as the macros a template went through. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

/** Takes the diagnostics of a stage as they are found, so that a stage can go on and report all of them. */
export type Report = (diagnostic: Diagnostic) => void;

/** The errors of a stage, thrown when the stage is over; warnings that came with them are included. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}

/**
 * Runs a stage with a fresh report; throws all of its diagnostics if one is an error, else hands on the warnings.
 * A stage may only come to nothing with an error.
 */
export async function stage<T>(
  work: (report: Report) => T | undefined | Promise<T | undefined>,
  warn: Report,
): Promise<T> {
  const found: Diagnostic[] = [];
  const result = await work((diagnostic) => found.push(diagnostic));
  stopOnErrors(found);
  if (result === undefined) throw new Error('This is a bug: a stage came to nothing and said no reason.');
  for (const warning of found) warn(warning);
  return result;
}

/** Throws when one of the diagnostics is an error. */
export function stopOnErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.some((d) => d.severity === 'error')) throw new DiagnosticError(diagnostics);
}
