import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';

/** Quoted text, comments and template tags, whichever begins first. */
const STRETCH =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\{\{!--[\s\S]*?--\}\}|\{\{[\s\S]*?\}\}/g;

/** The SQL comments in the text of a template. */
export function sqlComments(source: SourceText): readonly Span[] {
  const { text } = source;
  if (!text.includes('--') && !text.includes('/*')) return [];
  return [...text.matchAll(STRETCH)]
    .filter(({ 0: stretch }) => stretch.startsWith('--') || stretch.startsWith('/*'))
    .map(({ 0: stretch, index }) => spanAt(source, index, index + stretch.length));
}
