import { secrets } from './redaction.ts';
import type { Span } from './span.ts';

const CONTEXT_LINES = 1;
const WIDEST_LINE = 160;
/** So much of a long line is shown from its place onward. */
const LEAST_BEHIND = 60;

/**
 * The lines around a span with carets under it:
 * ```
 *   1 | select *
 * > 2 | from {{ref "orderz"}}
 *     |          ^^^^^^^^
 * ```
 * Secrets are masked before lines are cut: half of one is still a secret.
 */
export function codeFrame(span: Span): string {
  const lines = secrets.mask(span.source.text).split(/\r?\n/);
  const first = Math.max(1, span.start.line - CONTEXT_LINES);
  const last = Math.min(lines.length, span.start.line + CONTEXT_LINES);
  const gutter = String(last).length;
  const framed: string[] = [];
  for (let number = first; number <= last; number++) {
    const marked = number === span.start.line;
    const line = lines[number - 1] ?? '';
    const from = marked ? windowStart(line, span.start.column - 1) : 0;
    framed.push(`${marked ? '>' : ' '} ${String(number).padStart(gutter)} | ${clip(line, from)}`.trimEnd());
    if (marked) framed.push(`  ${' '.repeat(gutter)} | ${carets(span, line, from)}`);
  }
  return framed.join('\n');
}

/** Where the part of a line begins that is shown: a long line is cut so that the offset stays in sight. */
function windowStart(line: string, offset: number): number {
  if (line.length <= WIDEST_LINE || offset < WIDEST_LINE - LEAST_BEHIND) return 0;
  return Math.min(offset, line.length) - (WIDEST_LINE - LEAST_BEHIND);
}

function clip(line: string, from: number): string {
  const before = from > 0 ? '…' : '';
  const behind = from + WIDEST_LINE < line.length ? '…' : '';
  return before + line.slice(from, from + WIDEST_LINE) + behind;
}

function carets(span: Span, line: string, from: number): string {
  const seen = Math.min(line.length, from + WIDEST_LINE);
  const start = Math.min(span.start.column - 1, seen);
  const end = span.end.line === span.start.line ? Math.min(span.end.column - 1, seen) : seen;
  const indent = (from > 0 ? ' ' : '') + line.slice(from, start).replace(/[^\t]/g, ' ');
  return indent + '^'.repeat(Math.max(1, end - start));
}
