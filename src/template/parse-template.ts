import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { type Mistake, parseHandlebars, SyntaxMistake } from './handlebars-grammar.ts';
import { holdsMarkerCharacters } from './relation-marker.ts';
import type { Place } from './syntax.ts';
import type { Template } from './template.ts';
import { DEEPEST_NESTING, vetTemplate } from './vet-template.ts';

/**
 * Parses a template by Handlebars' grammar.
 * Everything that Handlebars allows and templates here may not hold is reported too; undefined where there is no syntax tree.
 */
export function parseTemplate(source: SourceText, report: Report): Template | undefined {
  if (holdsMarkerCharacters(source.text)) {
    const at = source.text.search(/[\uE000\uE001]/);
    report(catalogue.markerCharacter({ span: spanAt(source, at) }));
  }
  const nul = source.text.indexOf('\0');
  if (nul >= 0) {
    report(catalogue.nulCharacter({ span: spanAt(source, nul) }));
    return undefined;
  }
  const tooDeep = depthExceededAt(source.text);
  if (tooDeep !== undefined) {
    report(catalogue.nestedTooDeeply({ limit: DEEPEST_NESTING, span: spanAt(source, tooDeep) }));
    return undefined;
  }
  try {
    const template = { source, program: parseHandlebars(source.text) };
    return vetTemplate(template, report) ? template : undefined;
  } catch (error) {
    report(syntaxDiagnostic(source, error));
    return undefined;
  }
}

/** Where blocks or parentheses are nested so deeply that parsing would take long; far above what is allowed. */
function depthExceededAt(text: string): number | undefined {
  if (text.length < DEEPEST_NESTING * 100) return undefined;
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/\{\{~?[#^]|\{\{~?\/|\{\{~?\s*else\b/g)) {
    depth += sign.endsWith('/') ? -1 : sign.endsWith('else') ? 0 : 1;
    if (depth > DEEPEST_NESTING * 2) return index;
  }
  return undefined;
}

function syntaxDiagnostic(source: SourceText, error: unknown): Diagnostic {
  if (error instanceof SyntaxMistake) return mistakeDiagnostic(source, error.mistake);
  if (error instanceof RangeError) {
    return catalogue.nestedTooDeeply({ limit: DEEPEST_NESTING, span: spanAt(source, 0) });
  }
  throw error;
}

function mistakeDiagnostic(source: SourceText, mistake: Mistake): Diagnostic {
  const span = spanOf(source, mistake.place);
  switch (mistake.kind) {
    case 'unexpected token':
      return unexpectedToken(source, mistake.token, mistake.place);
    case 'wrong closing tag': {
      const { open, close } = mistake;
      return catalogue.wrongClosingTag({ open, close, span, opened: spanOf(source, mistake.opened) });
    }
    case 'invalid path':
      return catalogue.invalidPath({ path: source.text.slice(mistake.place.start, mistake.place.end), span });
  }
}

function unexpectedToken(source: SourceText, token: string, place: Place): Diagnostic {
  const { text } = source;
  const tag = text.lastIndexOf('{{', Math.max(0, place.start - 1));
  const insideTag = tag >= 0 && !text.slice(tag, place.start).includes('}}');
  const closed = text.includes('}}', place.start);
  if (token !== 'EOF' && (closed || !insideTag)) {
    const word = /^\w+/.exec(text.slice(place.start, place.start + 128))?.[0] ?? '';
    const at = { start: place.start, end: Math.max(place.end, place.start + word.length) };
    const found = quoted(text.slice(at.start, at.end));
    return catalogue.unexpectedInTag({ found, hint: hintFor(text, at.start), span: spanOf(source, at) });
  }
  if (insideTag) return catalogue.tagNotClosed({ span: spanAt(source, tag, tag + 2) });
  const open = openBlocks(text).at(-1);
  if (open !== undefined)
    return catalogue.blockNotClosed({ name: open.name, span: spanOf(source, open.place) });
  return catalogue.unexpectedInTag({ found: 'The end of the file', span: spanOf(source, place) });
}

function quoted(found: string): string {
  return found === '"' ? `'"'` : `"${found}"`;
}

/** What people write who know another language, by the text in front of and behind the mistake. */
function hintFor(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const rest = text.slice(at, at + 80);
  const call = /([A-Za-z_]\w*)$/.exec(line)?.[1] ?? /^([A-Za-z_]\w*)\(/.exec(rest)?.[1];
  if (call !== undefined && /^\w*\(/.test(rest)) {
    return `A call has its name and arguments side by side: ${callExample(call)}.`;
  }
  if (/^["']/.test(rest)) return 'The text that begins here has no closing quote.';
  if (/^\+?\.?\d/.test(rest)) return 'A number is written 3, -3 or 0.5.';
  if (/^\w*,/.test(rest)) return 'Arguments are parted by blanks, not commas.';
  if (rest.startsWith('|')) return 'A filter is a helper here: {{upper x}}.';
  if (/^[-+*<>!&=]/.test(rest)) return 'There are no operators: compare with (eq a b), (gt a b), (and a b).';
  if (rest.startsWith('}}}}')) return 'A raw block is closed by {{{{/raw}}}}.';
  if (rest.startsWith('(')) return 'A tag begins with a name: {{name (other x)}}.';
  if (/^\{\{~?\//.test(rest)) return 'No block is open here.';
  if (/^\{\{~?\s*(else|\^)/.test(rest)) return 'An else belongs inside #if, #unless, #each or #with.';
  return undefined;
}

function callExample(name: string): string {
  if (name === 'config') return '{{config materialized="table"}}';
  if (name === 'source') return '{{source "raw" "orders"}}';
  return `{{${name} "x"}}, as an argument (${name} "x")`;
}

interface OpenBlock {
  readonly name: string;
  readonly place: Place;
}

/** The blocks that are open at the end of a text that does not parse: a reading by eye, good enough to point at one. */
function openBlocks(text: string): readonly OpenBlock[] {
  const open: OpenBlock[] = [];
  const tags = /\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}|\{\{~?([#^/])\s*([^\s}|~]+)/g;
  for (const match of text.matchAll(tags)) {
    const [whole, sign, name = ''] = match;
    if (sign === '/') open.pop();
    else if (sign !== undefined)
      open.push({ name, place: { start: match.index, end: match.index + whole.length } });
  }
  return open;
}

function spanOf(source: SourceText, place: Place): Span {
  return spanAt(source, place.start, place.end);
}
