import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalTokens } from '../../src/dialect/canonical-tokens.ts';
import { tokenizer } from '../../src/dialect/tokenizer.ts';

const plain = {
  nestedComments: true,
  dollarQuotes: true,
  escapeStrings: true,
  backslashInStrings: false,
  unicodeSpaces: new Set([0xa0]),
};
const tokenize = tokenizer(plain);
const redshiftLike = tokenizer({
  nestedComments: true,
  dollarQuotes: true,
  escapeStrings: false,
  backslashInStrings: true,
  unicodeSpaces: new Set<number>(),
});

function kinds(sql: string, tokens = tokenize(sql)): string[] {
  return tokens.filter((t) => t.kind !== 'space').map((t) => `${t.kind} ${t.text}`);
}

const piece = fc.oneof(
  fc.constantFrom(
    "'",
    '"',
    '--',
    '/*',
    '*/',
    '$$',
    '$a$',
    "e'",
    "E'",
    '\\',
    ';',
    '::',
    '<-',
    '->>',
    '||',
    '.',
    '..',
    '1e-5',
    '\n',
    '\r\n',
    ' ',
    '\u00a0',
    '\uE000model.p.a\uE001',
    '\uE000',
    '\uE001',
    'é',
    '😀',
    'select',
    '1_000',
    '(',
    ')',
    '$1',
  ),
  fc.string(),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('the tokenizer', () => {
  test('gives back the input when all texts are joined', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(tokenize, redshiftLike), (sql, split) => {
        const tokens = split(sql);
        expect(tokens.map((t) => t.text).join('')).toBe(sql);
        let offset = 0;
        for (const token of tokens) {
          expect(token.start).toBe(offset);
          expect(token.text).not.toBe('');
          offset += token.text.length;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('leaves only the last token unterminated', () => {
    fc.assert(
      fc.property(text, (sql) => {
        const open = tokenize(sql).findIndex((t) => t.kind === 'unterminated');
        expect([-1, tokenize(sql).length - 1]).toContain(open);
      }),
    );
  });

  test('finds words, numbers, operators, strings and quoted identifiers', () => {
    expect(kinds(`select a.b, 1.5e-3, .5, 1_000, 'it''s', "Fo""o" from t;`)).toEqual([
      'word select',
      'word a',
      'operator .',
      'word b',
      'operator ,',
      'number 1.5e-3',
      'operator ,',
      'number .5',
      'operator ,',
      'number 1_000',
      'operator ,',
      "string 'it''s'",
      'operator ,',
      'quoted-identifier "Fo""o"',
      'word from',
      'word t',
      'semicolon ;',
    ]);
  });

  test('nests block comments and ends line comments before the line break', () => {
    expect(kinds('a /* x /* y */ z */ b -- c\nd')).toEqual([
      'word a',
      'comment /* x /* y */ z */',
      'word b',
      'comment -- c',
      'word d',
    ]);
  });

  test('reads dollar quotes and escape strings as one string', () => {
    expect(kinds(`$t$ it's $$ $t$ E'a\\'b' e'' 'c\\' $1`)).toEqual([
      "string $t$ it's $$ $t$",
      "string E'a\\'b'",
      "string e''",
      "string 'c\\'",
      'operator $',
      'number 1',
    ]);
  });

  test('takes a backslash as an escape in plain strings where the dialect does', () => {
    expect(kinds(`'a\\'b' c`, redshiftLike(`'a\\'b' c`))).toEqual(["string 'a\\'b'", 'word c']);
  });

  test('does not let an operator swallow a comment or a sign', () => {
    expect(kinds('a<-1+--x\n b')).toEqual([
      'word a',
      'operator <',
      'operator -',
      'number 1',
      'operator +',
      'comment --x',
      'word b',
    ]);
    expect(kinds('a -- c\rb')).toEqual(['word a', 'comment -- c', 'word b']);
    expect(kinds('a*/**/b')).toEqual(['word a', 'operator *', 'comment /**/', 'word b']);
    expect(kinds('x::date->>0 <> y')).toEqual([
      'word x',
      'operator ::',
      'word date',
      'operator ->>',
      'number 0',
      'operator <>',
      'word y',
    ]);
  });

  test('takes a relation marker as one token', () => {
    expect(kinds('from \uE000model.shop.daily\uE001 as d')).toEqual([
      'word from',
      'relation \uE000model.shop.daily\uE001',
      'word as',
      'word d',
    ]);
  });

  test.each([
    "'abc",
    '"abc',
    '/* abc /* */',
    '$$ abc',
    "E'abc\\'",
    '\uE000abc',
  ])('leaves %j unterminated', (sql) => {
    expect(kinds(sql)).toEqual([`unterminated ${sql}`]);
  });

  test('takes time in proportion to the text, also for text that opens and never closes', () => {
    const sql = `${'/*'.repeat(20_000)} ${'('.repeat(20_000)} ${"'".repeat(20_001)}`;
    const began = performance.now();
    tokenize(sql);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('canonical tokens', () => {
  test('are the same for texts that differ in white space and comments outside literals', () => {
    const texts = (sql: string) => canonicalTokens(tokenize(sql)).map((t) => t.text);
    expect(texts('select a,b -- x\nfrom t')).toEqual(texts('select a , /* y */ b\n\n  from t'));
    expect(texts("select ' a'")).not.toEqual(texts("select 'a'"));
    expect(texts("select '--a'")).not.toEqual(texts("select '--b'"));
  });
});
