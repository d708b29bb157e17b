import type { Token } from './token.ts';

/** What differs between dialects in how text falls into tokens. */
export interface LexicalRules {
  /** A block comment may hold block comments. */
  readonly nestedComments: boolean;
  /** `$tag$ … $tag$` is a string. */
  readonly dollarQuotes: boolean;
  /** `E'…'` is a string in which a backslash escapes. */
  readonly escapeStrings: boolean;
  /** A backslash escapes in plain `'…'` too. */
  readonly backslashInStrings: boolean;
  /** Characters beyond ASCII that are white space; all others belong to words. */
  readonly unicodeSpaces: ReadonlySet<number>;
}

/** Makes the tokenizer of a dialect; joining the texts of the tokens gives back the input. */
export function tokenizer(rules: LexicalRules): (sql: string) => Token[] {
  return (sql) => {
    const tokens: Token[] = [];
    for (let start = 0; start < sql.length; ) {
      const token = tokenAt(sql, start, rules);
      tokens.push(token);
      start += token.text.length;
    }
    return tokens;
  };
}

/** What an end of a token is when the text ends before the token does. */
const NEVER = -1;

function tokenAt(sql: string, start: number, rules: LexicalRules): Token {
  const code = sql.charCodeAt(start);
  switch (shapeOf(code, rules)) {
    case WORD:
      return wordAt(sql, start, rules);
    case SPACE:
      return token('space', sql, start, endOfSpace(sql, start, rules));
    case DIGIT:
      return token('number', sql, start, endOfNumber(sql, start));
    case MARKER:
      return token('relation', sql, start, behind(sql, '\uE001', start + 1));
    default:
      return symbolAt(sql, start, rules);
  }
}

function wordAt(sql: string, start: number, rules: LexicalRules): Token {
  const end = endOfWord(sql, start, rules);
  const escapes = rules.escapeStrings && end === start + 1 && (sql[start] === 'e' || sql[start] === 'E');
  return escapes && sql[end] === "'"
    ? token('string', sql, start, endOfEscapeString(sql, end))
    : token('word', sql, start, end);
}

function symbolAt(sql: string, start: number, rules: LexicalRules): Token {
  const next = sql[start + 1];
  switch (sql[start]) {
    case "'":
      return token('string', sql, start, endOfString(sql, start, rules));
    case '"':
      return token('quoted-identifier', sql, start, endOfQuoted(sql, start, '"'));
    case ';':
      return token('semicolon', sql, start, start + 1);
    case '-':
      if (next === '-') return token('comment', sql, start, endOfLine(sql, start));
      break;
    case '/':
      if (next === '*') return token('comment', sql, start, endOfBlockComment(sql, start, rules));
      break;
    case '.':
      if (shapeOf(sql.charCodeAt(start + 1), rules) === DIGIT)
        return token('number', sql, start, endOfNumber(sql, start));
      break;
    case '$':
      if (rules.dollarQuotes) return dollarAt(sql, start);
  }
  const alone = ALONE.has(sql.charCodeAt(start));
  return token('operator', sql, start, alone ? start + 1 : endOfOperator(sql, start));
}

function dollarAt(sql: string, start: number): Token {
  DOLLAR_TAG.lastIndex = start;
  const tag = DOLLAR_TAG.exec(sql)?.[0];
  return tag === undefined
    ? token('operator', sql, start, start + 1)
    : token('string', sql, start, behind(sql, tag, start + tag.length));
}

function token(kind: Token['kind'], sql: string, start: number, end: number): Token {
  return end === NEVER
    ? { kind: 'unterminated', text: sql.slice(start), start }
    : { kind, text: sql.slice(start, end), start };
}

function endOfSpace(sql: string, start: number, rules: LexicalRules): number {
  let end = start + 1;
  while (end < sql.length && shapeOf(sql.charCodeAt(end), rules) === SPACE) end++;
  return end;
}

function endOfWord(sql: string, start: number, rules: LexicalRules): number {
  let end = start + 1;
  while (end < sql.length && isInWord(sql.charCodeAt(end), rules)) end++;
  return end;
}

function isInWord(code: number, rules: LexicalRules): boolean {
  const shape = shapeOf(code, rules);
  return shape === WORD || shape === DIGIT || code === DOLLAR;
}

function endOfNumber(sql: string, start: number): number {
  NUMBER.lastIndex = start;
  NUMBER.test(sql);
  return NUMBER.lastIndex;
}

function endOfString(sql: string, start: number, rules: LexicalRules): number {
  return rules.backslashInStrings ? endOfEscapeString(sql, start) : endOfQuoted(sql, start, "'");
}

function endOfQuoted(sql: string, start: number, quote: string): number {
  let end = sql.indexOf(quote, start + 1);
  while (end !== -1 && sql[end + 1] === quote) end = sql.indexOf(quote, end + 2);
  return end === -1 ? NEVER : end + 1;
}

function endOfEscapeString(sql: string, quote: number): number {
  for (let at = quote + 1; at < sql.length; at++) {
    if (sql[at] === '\\') at++;
    else if (sql[at] === "'") {
      if (sql[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return NEVER;
}

function endOfLine(sql: string, start: number): number {
  LINE_END.lastIndex = start;
  return LINE_END.exec(sql)?.index ?? sql.length;
}

function endOfBlockComment(sql: string, start: number, rules: LexicalRules): number {
  let depth = 1;
  let at = start + 2;
  while (depth > 0) {
    const close = sql.indexOf('*/', at);
    if (close === -1) return NEVER;
    const open = rules.nestedComments ? sql.indexOf('/*', at) : -1;
    const opens = open !== -1 && open < close;
    depth += opens ? 1 : -1;
    at = (opens ? open : close) + 2;
  }
  return at;
}

function behind(sql: string, text: string, from: number): number {
  const at = sql.indexOf(text, from);
  return at === -1 ? NEVER : at + text.length;
}

/** The longest operator, as PostgreSQL reads it: it ends before a comment, and on + or - only where one of ~!@#%^&|? is in it. */
function endOfOperator(sql: string, start: number): number {
  if (sql.startsWith('::', start)) return start + 2;
  OPERATOR.lastIndex = start;
  const run = OPERATOR.exec(sql)?.[0].replace(COMMENT_START, '') ?? '';
  const operator = /[~!@#%^&|?]/.test(run) ? run : run.replace(/(?<=.)[+-]+$/, '');
  return start + Math.max(1, operator.length);
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uDFFF\uE002-\uFFFF][\w\u0080-\uDFFF\uE002-\uFFFF]*)?\$/y;
const NUMBER = /(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /[-+*/<>=~!@#%^&|?]+/y;
/** The operators that are most of them in any query, and one character long whatever follows. */
const ALONE = new Set(Array.from('(),.[]', (sign) => sign.charCodeAt(0)));
const LINE_END = /[\n\r]/g;
const COMMENT_START = /(?:--|\/\*).*$/;

const OTHER = 0;
const WORD = 1;
const SPACE = 2;
const DIGIT = 3;
const MARKER = 4;
const DOLLAR = 0x24;

function shapeOf(code: number, rules: LexicalRules): number {
  if (code < 0x80) return ASCII_SHAPES[code] ?? OTHER;
  if (code === 0xe000) return MARKER;
  if (code === 0xe001) return OTHER;
  return rules.unicodeSpaces.has(code) ? SPACE : WORD;
}

const ASCII_SHAPES = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return WORD;
  if (/\s/.test(character)) return SPACE;
  return /\d/.test(character) ? DIGIT : OTHER;
});
