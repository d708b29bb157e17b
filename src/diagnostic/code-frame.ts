import type { Span } from './span.ts';

const CONTEXT_LINES = 1;
const WIDEST_LINE = 160;

/**
 * The lines around a span with carets under it:
 * ```
 *   1 | select *
 * > 2 | from {{ref "orderz"}}
 *     |          ^^^^^^^^
 * ```
 */
export function codeFrame(span: Span): string {
  const lines = span.source.text.split(/\r?\n/);
  const first = Math.max(1, span.start.line - CONTEXT_LINES);
  const last = Math.min(lines.length, span.start.line + CONTEXT_LINES);
  const gutter = String(last).length;
  const framed: string[] = [];
  for (let number = first; number <= last; number++) {
    const marked = number === span.start.line;
    const line = clip(lines[number - 1] ?? '');
    framed.push(`${marked ? '>' : ' '} ${String(number).padStart(gutter)} | ${line}`.trimEnd());
    if (marked) framed.push(`  ${' '.repeat(gutter)} | ${carets(span, line)}`);
  }
  return framed.join('\n');
}

function carets(span: Span, line: string): string {
  const start = Math.min(span.start.column, line.length + 1);
  const end = span.end.line === span.start.line ? span.end.column : line.length + 1;
  const indent = line.slice(0, start - 1).replace(/[^\t]/g, ' ');
  return indent + '^'.repeat(Math.max(1, Math.min(end, line.length + 1) - start));
}

function clip(line: string): string {
  return line.length > WIDEST_LINE ? `${line.slice(0, WIDEST_LINE)}…` : line;
}
