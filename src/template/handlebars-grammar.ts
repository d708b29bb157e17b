import { createRequire } from 'node:module';
import type { Place, Program } from './syntax.ts';

/** Why a text is not a template, as Handlebars' parser found it. */
export type Mistake = { readonly place: Place } & (
  | { readonly kind: 'unexpected token'; readonly token: string }
  | {
      readonly kind: 'wrong closing tag';
      readonly open: string;
      readonly close: string;
      readonly opened: Place;
    }
  | { readonly kind: 'invalid path' }
);

export class SyntaxMistake extends Error {
  readonly mistake: Mistake;

  constructor(mistake: Mistake) {
    super(mistake.kind);
    this.name = 'SyntaxMistake';
    this.mistake = mistake;
  }
}

/**
 * Parses a text by Handlebars' own grammar and strips white space as Handlebars does, with places as offsets.
 * Throws `SyntaxMistake`.
 */
export function parseHandlebars(text: string): Program {
  grammar ??= loadGrammar();
  const { parser, WhitespaceControl } = grammar;
  return new WhitespaceControl({}).accept(parser.parse(text));
}

interface Grammar {
  readonly parser: JisonParser;
  readonly WhitespaceControl: new (options: object) => { accept(program: Program): Program };
}

/** What Jison generates: the parser calls the functions of `yy` to build nodes and to report a mistake. */
interface JisonParser {
  lexer: JisonLexer;
  yy: object;
  parse(text: string): Program;
}

interface JisonLexer {
  options: { readonly ranges: boolean };
  readonly yylloc: JisonLocation;
}

interface JisonLocation {
  readonly range: readonly [number, number];
}

type NodeBuilder = (...parts: unknown[]) => unknown;

let grammar: Grammar | undefined;

/** Requires three files of the package: a quarter of the time that importing all of it takes. */
function loadGrammar(): Grammar {
  const require = createRequire(import.meta.url);
  const folder = 'handlebars/dist/cjs/handlebars/compiler';
  const original: JisonParser = require(`${folder}/parser.js`);
  const builders: Readonly<Record<string, NodeBuilder>> = require(`${folder}/helpers.js`);
  const WhitespaceControl = require(`${folder}/whitespace-control.js`);

  const lexer: JisonLexer = Object.create(original.lexer);
  lexer.options = { ranges: true };
  const parser: JisonParser = Object.create(original);
  parser.lexer = lexer;
  parser.yy = {
    ...builders,
    ...checkedBuilders(builders),
    locInfo: placeOf,
    parseError: unexpectedToken(lexer),
  };
  return { parser, WhitespaceControl };
}

function placeOf(location: JisonLocation): Place {
  return { start: location.range[0], end: location.range[1] };
}

function unexpectedToken(lexer: JisonLexer) {
  return (_message: string, { token }: { readonly token: string | number }): never => {
    const place = placeOf(lexer.yylloc);
    throw new SyntaxMistake({ kind: 'unexpected token', token: String(token), place });
  };
}

/** Those of Handlebars' builders that throw without a place, each behind a check that throws with one. */
function checkedBuilders(
  builders: Readonly<Record<string, NodeBuilder>>,
): Readonly<Record<string, NodeBuilder>> {
  const { prepareBlock, prepareRawBlock, preparePartialBlock, preparePath } = builders;
  if (!prepareBlock || !prepareRawBlock || !preparePartialBlock || !preparePath) {
    throw new Error('This is a bug: the installed Handlebars builds its syntax tree in another way.');
  }
  return {
    prepareBlock(open, program, inverse, close, inverted, at) {
      checkClosingTag(open, close);
      return prepareBlock.call(this, open, program, inverse, close, inverted, at);
    },
    prepareRawBlock(open, contents, close, at) {
      checkClosingTag(open, close, at);
      return prepareRawBlock.call(this, open, contents, close, at);
    },
    preparePartialBlock(open, program, close, at) {
      checkClosingTag(open, close);
      return preparePartialBlock.call(this, open, program, close, at);
    },
    preparePath(data, parts, at) {
      try {
        return preparePath.call(this, data, parts, at);
      } catch {
        throw new SyntaxMistake({ kind: 'invalid path', place: placeOf(at as JisonLocation) });
      }
    },
  };
}

interface TagPath {
  readonly original: unknown;
  readonly loc: Place;
}

/** `close` is a tag, the name that closes a raw block, or a link of an else chain, whose last one has none. */
function checkClosingTag(open: unknown, close: unknown, rawBlock?: unknown): void {
  const { path } = open as { readonly path: TagPath };
  const closing =
    typeof close === 'string' ? close : (close as { readonly path?: TagPath } | undefined)?.path;
  const closed = typeof closing === 'object' ? closing.original : closing;
  if (closed === undefined || closed === path.original) return;
  throw new SyntaxMistake({
    kind: 'wrong closing tag',
    open: String(path.original),
    close: String(closed),
    opened: path.loc,
    place: typeof closing === 'object' ? closing.loc : placeOf(rawBlock as JisonLocation),
  });
}
