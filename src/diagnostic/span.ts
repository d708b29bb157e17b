import { lastAtOrBefore } from './offset-search.ts';
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
  return { source, start: positionIn(source, start), end: positionIn(source, end) };
}

const lineStarts = new WeakMap<SourceText, readonly number[]>();

/** The line and column of an offset; an offset behind the end is the end. */
function positionIn(source: SourceText, offset: number): Position {
  return positionAmong(lineStartsIn(source), Math.min(offset, source.text.length));
}

function lineStartsIn(source: SourceText): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = lineStartsOf(source.text);
  lineStarts.set(source, starts);
  return starts;
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function positionAmong(starts: readonly number[], offset: number): Position {
  const line = lastAtOrBefore(starts, offset);
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}

/** `path:line:column` of the start of a span, as editors and terminals open it. */
export function formatPlace(span: Span): string {
  return `${span.source.path}:${span.start.line}:${span.start.column}`;
}
