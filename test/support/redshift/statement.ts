import { redshiftDialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import type { Token } from '../../../src/dialect/token.ts';

/** A statement as a client sent it, or as what came before has rewritten it. */
export interface Statement {
  readonly sql: string;
  /** As the client sent it. */
  readonly original: string;
  /** Without blanks and comments. */
  readonly tokens: readonly Token[];
  /** The text of each token, in lower case outside quotes. */
  readonly words: readonly string[];
  /** It came with the extended protocol and has parameters. */
  readonly hasParameters: boolean;
}

export function statementOf(sql: string, hasParameters = false, original = sql): Statement {
  const tokens = redshiftDialect.tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  while (tokens.at(-1)?.kind === 'semicolon') tokens.pop();
  const words = tokens.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : text));
  return { sql, original, tokens, words, hasParameters };
}

/** Whether a statement begins with words: `create table`. */
export function begins({ words }: Statement, phrase: string): boolean {
  return phrase.split(' ').every((word, index) => words[index] === word);
}

/** The text of the tokens from one up to, not including, another. */
export function textOf({ sql, tokens }: Statement, from: number, to = tokens.length): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined || to <= from
    ? ''
    : sql.slice(first.start, last.start + last.text.length);
}

/** Another text in place of the tokens `from` up to, not including, `to`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The statement's text with edits, which are in order and do not overlap; undefined where there are none. */
export function edited({ sql, tokens }: Statement, edits: readonly Edit[]): string | undefined {
  if (edits.length === 0) return undefined;
  let result = '';
  let done = 0;
  for (const { from, to, text } of edits) {
    const start = tokens[from]?.start ?? sql.length;
    const last = tokens[to - 1];
    result += sql.slice(done, start) + text;
    done = to > from && last !== undefined ? last.start + last.text.length : start;
  }
  return result + sql.slice(done);
}

/** The closing parenthesis of the opening one at a place; the number of words where there is none. */
export function closing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (words[at] === '(') depth++;
    if (words[at] === ')' && --depth === 0) return at;
  }
  return words.length;
}

/** Ranges of tokens between the commas from one place up to another, parentheses kept together. */
export function listItems(
  words: readonly string[],
  from: number,
  to: number,
): { from: number; to: number }[] {
  const items: { from: number; to: number }[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    if (words[at] === '(') at = closing(words, at);
    else if (words[at] === ',') {
      items.push({ from: start, to: at });
      start = at + 1;
    }
  }
  if (start < to) items.push({ from: start, to });
  return items;
}

/** A relation's name as a statement has it, unquoted, and the place behind it. */
export interface Name {
  readonly schema?: string;
  readonly name: string;
  readonly next: number;
}

export function nameAt(statement: Statement, at: number): Name {
  const first = identifierOf(statement.tokens[at]);
  if (statement.words[at + 1] !== '.') return { name: first, next: at + 1 };
  return { schema: first, name: identifierOf(statement.tokens[at + 2]), next: at + 3 };
}

/** An identifier as the catalog has it; names in quotes are folded too. */
export function identifierOf(token: Token | undefined): string {
  if (token === undefined) return '';
  const text =
    token.kind === 'quoted-identifier' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text;
  return redshiftDialect.fold(text);
}

/** What a string literal says. */
export function stringOf(token: Token | undefined): string {
  return (token?.text ?? '').slice(1, -1).replace(/''|\\(.)/gs, (pair, escaped: string | undefined) => {
    if (escaped === undefined) return pair === "''" ? "'" : pair;
    return { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
  });
}

/** Texts for statements of the stand-in's own. */
export const { literal } = redshiftDialect;

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function qualified({ schema, name }: Pick<Name, 'schema' | 'name'>): string {
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}
