import type { SourceText } from './source-text.ts';

/** A position is a place in a text; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span is a stretch of a source text; `end` is the position just behind its last character. */
export interface Span {
  readonly source: SourceText;
  readonly start: Position;
  readonly end: Position;
}

/** The span between two offsets of a source text (offsets count UTF-16 units from 0). */
export function spanAt(source: SourceText, start: number, end: number = start + 1): Span {
  return { source, start: positionAt(source.text, start), end: positionAt(source.text, end) };
}

/** The line and column of an offset; an offset behind the end is the end. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: before.length - lastBreak };
}

/** `path:line:column` of the start of a span, as editors and terminals open it. */
export function formatPlace(span: Span): string {
  return `${span.source.path}:${span.start.line}:${span.start.column}`;
}
