import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';

/** What every message of a template is told of: its place. */
export interface At {
  readonly span: Span;
}

export interface Named extends At {
  readonly name: string;
}

export function error(code: string, message: string, span: Span, hint?: string): Diagnostic {
  return { code, severity: 'error', message, span, ...(hint === undefined ? {} : { hint }) };
}

export function warning(code: string, message: string, span: Span, hint: string): Diagnostic {
  return { code, severity: 'warning', message, span, hint };
}
