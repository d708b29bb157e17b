import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

export function unknownModel(at: { name: string; candidates: Iterable<string>; span: Span }): Diagnostic {
  return {
    code: 'REF-001',
    severity: 'error',
    message: `There is no model or seed "${at.name}".`,
    span: at.span,
    hint: didYouMean(at.name, at.candidates) ?? 'List what there is with: model ls',
  };
}

export function disabledModel(at: { name: string; span: Span; disabledAt: Span }): Diagnostic {
  return {
    code: 'REF-002',
    severity: 'error',
    message: `"${at.name}" is disabled.`,
    span: at.span,
    hint: 'Enable it, or take this reference out.',
    related: [{ message: 'It is disabled here', span: at.disabledAt }],
  };
}

export function unknownSource(at: {
  source: string;
  table: string;
  sources: readonly string[];
  tables: readonly string[];
  span: Span;
}): Diagnostic {
  const hint =
    at.tables.length > 0
      ? (didYouMean(at.table, at.tables) ?? `Tables of "${at.source}": ${at.tables.join(', ')}.`)
      : (didYouMean(at.source, at.sources) ?? 'Declare it in a .yml file below the models, under "sources".');
  return {
    code: 'REF-003',
    severity: 'error',
    message: `There is no source table "${at.source}"."${at.table}".`,
    span: at.span,
    hint,
  };
}

export function refToGeneratedSeed(at: { name: string; source: string; span: Span }): Diagnostic {
  return {
    code: 'REF-004',
    severity: 'error',
    message: `"${at.name}" is a generated seed: its rows arrive in the landing zone, not as a relation of its own.`,
    span: at.span,
    hint: `Write {{source "${at.source}" "${at.name}"}}.`,
  };
}

export function notAReference(at: { text: string; argument: string; span: Span }): Diagnostic {
  return {
    code: 'REF-005',
    severity: 'error',
    message: `"${at.argument}" must name a model, seed or source, not ${JSON.stringify(at.text)}.`,
    span: at.span,
    hint: "Write x, ref('x') or source('a', 'x').",
  };
}
