import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadGrammar } from '../../src/template/handlebars-grammar.ts';
import { EARLY_END, INVALID, UNREADABLE } from '../../src/template/handlebars-lexer.ts';

const RUNS = process.env['MODEL_TEST_SIZE'] === 'full' ? 200_000 : 5_000;
const END_OF_FILE = 5;

type Token = readonly [symbol: number, text: string, start: number, end: number];

interface TheirLexer {
  options: object;
  yy: object;
  readonly yytext: string;
  readonly yylloc: { readonly range: readonly [number, number] };
  setInput(text: string): void;
  lex(): number | string;
}

const { jison, lex } = loadGrammar();

const PIECES = [
  ...[
    '{{',
    '}}',
    '{{{',
    '}}}',
    '{{{{',
    '}}}}',
    '{{~',
    '~}}',
    '~',
    '{{#',
    '{{#*',
    '{{#>',
    '{{>',
    '{{/',
    '{{^',
  ],
  ...[
    '{{else',
    '{{ else }}',
    '{{~else~}}',
    '{{else if',
    '{{&',
    '{{!',
    '{{!--',
    '--}}',
    '{{!-- x --~}}',
    '{{*',
  ],
  ...[
    '{{{{/raw}}}}',
    '{{{{raw}}}}',
    '{{/if}}',
    '{{#if x}}',
    '{{eq a 1}}',
    '{{ref "a"}}',
    '(',
    ')',
    '|',
    'as |',
  ],
  ...[
    'true',
    'false',
    'null',
    'undefined',
    'as',
    'else',
    'each',
    'name',
    'n',
    't-1',
    '_a',
    '@index',
    '@',
    'this',
  ],
  ...[
    '"text"',
    "'text'",
    '"a\\"b"',
    "'a\\'b'",
    '"',
    "'",
    '[a b]',
    '[a\\]b]',
    '[',
    ']',
    '-3',
    '0.5',
    '12',
    '-',
    '.',
  ],
  ...[
    '..',
    '../a',
    './b',
    'a.b',
    'a/b',
    '/',
    '=',
    'k=1',
    ',',
    ';',
    '%',
    '\\',
    '\\\\',
    '\\{{',
    '\\\\{{',
    '\0',
  ],
  ...[' ', '\n', '\r\n', '\t', 'é', 'select 1\n', '\u2028', '😀'],
];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));

test('the tokens of any text are those of the lexer of Handlebars, with its places', () => {
  fc.assert(
    fc.property(text, (source) => {
      expect(ourTokens(source)).toEqual(theirTokens(source));
    }),
    { numRuns: RUNS },
  );
});

function ourTokens(source: string): readonly Token[] {
  const { symbols, texts, starts, ends } = lex(source);
  return symbols.map((symbol, at) => [symbol, texts[at] ?? '', starts[at] ?? -1, ends[at] ?? -1]);
}

function theirTokens(source: string): readonly Token[] {
  const lexer: TheirLexer = Object.create(jison.lexer);
  lexer.options = { ranges: true };
  const tokens: Token[] = [];
  const last = (symbol: number): Token => [symbol, '', tokens.at(-1)?.[2] ?? 0, tokens.at(-1)?.[3] ?? 0];
  const parseError = () => {
    throw new Unreadable();
  };
  lexer.yy = { parser: { parseError } };
  lexer.setInput(source);
  for (;;) {
    const symbol = nextOf(lexer);
    if (symbol === undefined) return [...tokens, last(UNREADABLE)];
    if (symbol === EARLY_END) return [...tokens, last(EARLY_END)];
    const [start, end] = lexer.yylloc.range;
    tokens.push([numberOf(symbol), lexer.yytext, start, end]);
    if (symbol === END_OF_FILE) return tokens;
  }
}

class Unreadable extends Error {}

function nextOf(lexer: TheirLexer): number | string | undefined {
  try {
    return lexer.lex();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function numberOf(symbol: number | string): number {
  if (typeof symbol === 'number') return symbol;
  if (symbol === 'INVALID') return INVALID;
  return Number(Object.entries(jison.terminals_).find(([, name]) => name === symbol)?.[0]);
}
