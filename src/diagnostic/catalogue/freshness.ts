import type { Diagnostic, RelatedPlace } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

interface OfSource {
  /** `raw.daily_dump`. */
  readonly source: string;
  readonly span: Span;
}

export function nothingToMeasureBy({ source, span }: OfSource): Diagnostic {
  return {
    code: 'FRS-001',
    severity: 'error',
    message: `Source "${source}" declares freshness, but not when its rows were loaded.`,
    span,
    hint: 'Name the column with loaded_at_field, or write a loaded_at_query; only landed tables can do without.',
  };
}

export function loadedAtTwice({ source, span }: OfSource): Diagnostic {
  return {
    code: 'FRS-002',
    severity: 'error',
    message: `Source "${source}" has both a loaded_at_field and a loaded_at_query.`,
    span,
    hint: 'Keep the one that tells when its rows were loaded.',
  };
}

export function unknownLoadedAt(at: OfSource & { field: string; columns: readonly string[] }): Diagnostic {
  return {
    code: 'FRS-003',
    severity: 'error',
    message: `Source "${at.source}" declares no column "${at.field}".`,
    span: at.span,
    hint: didYouMean(at.field, at.columns) ?? `Its columns: ${at.columns.join(', ')}.`,
  };
}

export function filterOfNothing({ source, span }: OfSource): Diagnostic {
  return {
    code: 'FRS-004',
    severity: 'error',
    message: `The filter of source "${source}" has no loaded_at_field whose rows it could choose.`,
    span,
    hint: 'Add a loaded_at_field, or write the condition into the loaded_at_query.',
  };
}

export function badAsOfDate({ value }: { value: string }): Diagnostic {
  return {
    code: 'FRS-005',
    severity: 'error',
    message: `The var "as_of_date" is no date: ${value}.`,
    hint: 'Write 2025-12-31, or 2025-12-31 06:00:00.',
  };
}

export function noLoadedAt(at: OfSource & { found: string }): Diagnostic {
  return {
    code: 'FRS-006',
    severity: 'error',
    message: `Source "${at.source}" was loaded at ${at.found}, which is no timestamp.`,
    span: at.span,
    hint: 'It must give one value: a timestamp or a date.',
  };
}

export function freshnessFailed(
  at: OfSource & { reason: string; hint: string | undefined; related: readonly RelatedPlace[] },
): Diagnostic {
  return {
    code: 'FRS-007',
    severity: 'error',
    message: `The freshness of source "${at.source}" could not be measured: ${at.reason}`,
    span: at.span,
    related: at.related,
    ...(at.hint === undefined ? {} : { hint: at.hint }),
  };
}
