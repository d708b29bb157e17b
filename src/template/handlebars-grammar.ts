import { createRequire } from 'node:module';
import { handlebarsLexer, type LexicalGrammar, type Tokens, UNREADABLE } from './handlebars-lexer.ts';
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
  const { WhitespaceControl } = grammar;
  return new WhitespaceControl({}).accept(parseTokens(grammar, grammar.lex(text)));
}

/** Handlebars' grammar, with a lexer of ours that gives the tokens of theirs. */
export interface Grammar {
  readonly jison: JisonParser;
  /** The functions that build the nodes. */
  readonly builders: object;
  readonly lex: (text: string) => Tokens;
  readonly WhitespaceControl: new (options: object) => { accept(program: Program): Program };
}

/** The tables that Jison generates of a grammar. A state's actions and next states are kept by symbol. */
interface JisonParser {
  readonly lexer: LexicalGrammar;
  readonly table: readonly Readonly<Record<number, Action | number>>[];
  /** What is done in a state whatever the next token is. */
  readonly defaultActions: Readonly<Record<number, Action>>;
  /** For each rule the symbol that it makes, and of how many. */
  readonly productions_: readonly (readonly [symbol: number, length: number])[];
  readonly terminals_: Readonly<Record<number, string>>;
  /** Builds the node of a rule as `this.$`, of the values on top of the stack; gives the whole tree at the end. */
  readonly performAction: (
    this: Built,
    text: string,
    length: number,
    line: number,
    builders: object,
    rule: number,
    values: readonly unknown[],
  ) => Program | undefined;
}

/** 1: take the token and go to the state; 2: build the node of the rule; 3: done. */
type Action = readonly [kind: 1 | 2 | 3, target: number];

type NodeBuilder = (...parts: unknown[]) => unknown;

let grammar: Grammar | undefined;

/** Requires three files of the package: a quarter of the time that importing all of it takes. */
export function loadGrammar(): Grammar {
  const require = createRequire(import.meta.url);
  const folder = 'handlebars/dist/cjs/handlebars/compiler';
  const jison: JisonParser = require(`${folder}/parser.js`);
  const builders: Readonly<Record<string, NodeBuilder>> = require(`${folder}/helpers.js`);
  const WhitespaceControl = require(`${folder}/whitespace-control.js`);
  const yy = { ...builders, ...checkedBuilders(builders), locInfo: (place: Place) => place };
  return { jison, builders: yy, lex: handlebarsLexer(jison.lexer), WhitespaceControl };
}

/** Runs the tables over the tokens. Jison's own loop copies its three stacks for every node that it builds. */
function parseTokens({ jison, builders }: Grammar, tokens: Tokens): Program {
  const { table, defaultActions, productions_: productions } = jison;
  const states = [0];
  const values: unknown[] = [undefined];
  const starts = [0];
  const ends = [0];
  const built = new Built();
  for (let state = 0, next = 0; ; states.push(state)) {
    const action = defaultActions[state] ?? table[state]?.[tokens.symbols[next] ?? UNREADABLE];
    if (typeof action !== 'object') throw unexpectedToken(jison, tokens, next);
    const target = action[1];
    if (action[0] === 1) {
      state = target;
      values.push(tokens.texts[next]);
      starts.push(tokens.starts[next] ?? 0);
      ends.push(tokens.ends[next] ?? 0);
      next++;
      continue;
    }
    const rule = productions[target];
    const symbol = rule?.[0] ?? 0;
    const length = rule?.[1] ?? 0;
    const below = values.length - length;
    built.$ = values[below];
    built.start = starts[length === 0 ? below - 1 : below] ?? 0;
    built.end = ends[below + length - 1] ?? 0;
    const whole = jison.performAction.call(built, '', 0, 0, builders, target, values);
    if (whole !== undefined) return whole;
    for (let left = length; left > 0; left--) {
      states.pop();
      values.pop();
      starts.pop();
      ends.pop();
    }
    state = Number(table[states[below - 1] ?? 0]?.[symbol]);
    values.push(built.$);
    starts.push(built.start);
    ends.push(built.end);
  }
}

/** What a rule builds. Its action sets the node and asks for the place, which the actions of most rules never do. */
class Built {
  $: unknown = undefined;
  start = 0;
  end = 0;

  get _$(): Place {
    return { start: this.start, end: this.end };
  }
}

function placeOfToken({ starts, ends }: Tokens, index: number): Place {
  return { start: starts[index] ?? 0, end: ends[index] ?? 0 };
}

function unexpectedToken({ terminals_: names }: JisonParser, tokens: Tokens, index: number): SyntaxMistake {
  const token = names[tokens.symbols[index] ?? UNREADABLE] ?? 'INVALID';
  return new SyntaxMistake({ kind: 'unexpected token', token, place: placeOfToken(tokens, index) });
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
        throw new SyntaxMistake({ kind: 'invalid path', place: at as Place });
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
    place: typeof closing === 'object' ? closing.loc : (rawBlock as Place),
  });
}
