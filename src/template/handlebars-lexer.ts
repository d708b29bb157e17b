/** What Jison generates of Handlebars' lexical rules: expressions anchored with `^`, and which of them hold in which state. */
export interface LexicalGrammar {
  readonly rules: readonly RegExp[];
  readonly conditions: Readonly<Record<State, { readonly rules: readonly number[] }>>;
}

/** The tokens of a text in order, as columns of one table. */
export interface Tokens {
  readonly symbols: number[];
  readonly texts: string[];
  /** Offsets in the text. */
  readonly starts: number[];
  readonly ends: number[];
}

/** Behind the last token: the end of the text in a state in which it may not end. */
export const EARLY_END = 1;
/** Behind the last token: text that no rule reads. It has the place of the token in front of it. */
export const UNREADABLE = -1;
/** A character that means nothing in a tag. */
export const INVALID = -2;

/** The states of Handlebars' lexer: text, text behind a backslash, a comment, a raw block, a tag. */
type State = 'INITIAL' | 'emu' | 'com' | 'raw' | 'mu';

/**
 * Makes a lexer that gives the tokens of Handlebars' own. Theirs tries up to forty expressions for a token, each on a
 * new copy of the rest of the text; this one tries in place, and only the rules that can hold by the first character.
 */
export function handlebarsLexer(grammar: LexicalGrammar): (text: string) => Tokens {
  const rules = grammar.rules.map((rule) => new RegExp(rule.source.replace(/^\^/, ''), 'y'));
  return (text) => lex({ grammar, rules, text, tokens: { symbols: [], texts: [], starts: [], ends: [] } });
}

interface Lexing {
  readonly grammar: LexicalGrammar;
  /** The grammar's, made to match at an offset. */
  readonly rules: readonly RegExp[];
  readonly text: string;
  readonly tokens: Tokens;
}

function lex(lexing: Lexing): Tokens {
  const { text, tokens } = lexing;
  const states: State[] = ['INITIAL'];
  for (let at = 0; ; ) {
    const rule = ruleAt(lexing, states.at(-1) ?? 'INITIAL', at);
    if (rule === undefined) {
      push(tokens, at === text.length ? EARLY_END : UNREADABLE, '', tokens.starts.at(-1) ?? 0);
      return tokens;
    }
    const end = lexing.rules[rule]?.lastIndex ?? at;
    if (take(lexing, rule, at, end, states)) at = end;
    if (rule === END) return tokens;
  }
}

/** The first rule of a state that matches at an offset. */
function ruleAt({ grammar, rules, text }: Lexing, state: State, at: number): number | undefined {
  const candidates = (state === 'mu' && tagRules(text, at)) || grammar.conditions[state].rules;
  for (const index of candidates) {
    const rule = rules[index];
    if (rule === undefined) continue;
    rule.lastIndex = at;
    if (rule.test(text)) return index;
  }
  return undefined;
}

const LETTER = /[A-Za-z_]/;
const NAME = [41, 43];
const TAG = [23];
const OPENINGS: Readonly<Record<string, readonly number[]>> = {
  '#': [12, 13],
  '/': [14],
  e: [16, 18, 23],
};
const WORDS: Readonly<Record<string, readonly number[]>> = {
  a: [39, 41, 43],
  f: [35, 41, 43],
  n: [37, 41, 43],
  t: [34, 41, 43],
  u: [36, 41, 43],
};
const SIGNS: Readonly<Record<string, readonly number[]>> = {
  '(': [7],
  ')': [8],
  '}': [10, 29, 30, 43],
  '"': [31, 43],
  "'": [32, 43],
  '=': [24],
  '|': [40],
  ' ': [28],
  '\n': [28],
};

/** The rules that can match inside a tag, by the characters at the offset; undefined: any. */
function tagRules(text: string, at: number): readonly number[] | undefined {
  const first = text[at] ?? '';
  if (first === '{') return text[at + 1] === '{' ? openingRules(text[at + 2] ?? '') : undefined;
  return SIGNS[first] ?? WORDS[first] ?? (LETTER.test(first) ? NAME : undefined);
}

function openingRules(third: string): readonly number[] | undefined {
  return OPENINGS[third] ?? (LETTER.test(third) ? TAG : undefined);
}

const CONTENT = 15;
const COMMENT = 14;
const STRING = 80;
const ID = 72;
const CLOSE_RAW_BLOCK = 23;
const END_RAW_BLOCK = 18;
const INVERSE = 44;
const BEGINS_COMMENT = 21;
const END = 44;

/** What each rule gives, in its grammar's numbers, where that is all it does. */
const SYMBOLS: Readonly<Record<number, number>> = {
  ...{ 1: CONTENT, 5: CONTENT, 7: 65, 8: 68, 9: 19, 11: 55, 12: 60, 13: 29, 14: 47, 17: 34, 18: 39, 19: 51 },
  ...{ 20: 48, 23: 48, 24: 73, 25: ID, 26: ID, 27: 87, 33: 85, 34: 82, 35: 82, 36: 83, 37: 84, 38: 81 },
  ...{ 39: 75, 40: 77, 41: ID, [END]: 5 },
};

/** Does what a rule does with the text that it matched: gives a token, changes the state. False: the text is to be read again. */
function take(lexing: Lexing, rule: number, start: number, end: number, states: State[]): boolean {
  const { tokens } = lexing;
  const text = lexing.text.slice(start, end);
  switch (rule) {
    case 0: {
      states.push(text.endsWith('\\') && !text.endsWith('\\\\') ? 'emu' : 'mu');
      const value = text.endsWith('\\') ? text.slice(0, -1) : text;
      if (value !== '') push(tokens, CONTENT, value, start, end);
      return true;
    }
    case 2:
      states.pop();
      push(tokens, CONTENT, text, start, end);
      return true;
    case 3:
      states.push('raw');
      push(tokens, CONTENT, text, start, end);
      return true;
    case 4:
      states.pop();
      if (states.at(-1) === 'raw') push(tokens, CONTENT, text, start, end);
      else push(tokens, END_RAW_BLOCK, text.slice(5, -4), start, end);
      return true;
    case 6:
    case 22:
      states.pop();
      push(tokens, COMMENT, text, start, end);
      return true;
    case 10:
      states.pop();
      states.push('raw');
      push(tokens, CLOSE_RAW_BLOCK, text, start, end);
      return true;
    case 15:
    case 16:
      states.pop();
      push(tokens, INVERSE, text, start, end);
      return true;
    case BEGINS_COMMENT:
      states.pop();
      states.push('com');
      return false;
    case 28:
      return true;
    case 29:
      states.pop();
      push(tokens, 54, text, start, end);
      return true;
    case 30:
      states.pop();
      push(tokens, 33, text, start, end);
      return true;
    case 31:
      push(tokens, STRING, text.slice(1, -1).replaceAll('\\"', '"'), start, end);
      return true;
    case 32:
      push(tokens, STRING, text.slice(1, -1).replaceAll("\\'", "'"), start, end);
      return true;
    case 42:
      push(tokens, ID, text.replace(/\\([\\\]])/g, '$1'), start, end);
      return true;
    case 43:
      push(tokens, INVALID, text, start, end);
      return true;
    default:
      push(tokens, SYMBOLS[rule] ?? INVALID, text, start, end);
      return true;
  }
}

function push(
  tokens: Tokens,
  symbol: number,
  text: string,
  start: number,
  end = tokens.ends.at(-1) ?? 0,
): void {
  tokens.symbols.push(symbol);
  tokens.texts.push(text);
  tokens.starts.push(start);
  tokens.ends.push(end);
}
