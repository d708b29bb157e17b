import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from '../dialect/token.ts';

/** Words that go on with the query around an expression; a column of such a name stands in quotes. */
const CLAUSES = new Set(['where', 'group', 'having', 'order', 'limit', 'union', 'intersect', 'except']);

/**
 * Why a text is no expression that a query can hold, as far as tokens tell: `ends in the middle of a text or a comment`.
 * Undefined where nothing speaks against it.
 */
export function expressionProblem(text: string, dialect: Dialect): string | undefined {
  const tokens = dialect.tokenize(text);
  const meant = canonicalTokens(tokens);
  const [first] = meant;
  if (tokens.some(({ kind }) => kind === 'unterminated')) return 'ends in the middle of a text or a comment';
  if (first === undefined) return 'says nothing';
  if (tokens.some(({ kind }) => kind === 'semicolon')) return 'holds a semicolon';
  if (isWord(first, 'select') || isWord(first, 'with'))
    return `begins with "${first.text}"; put parentheses around a query`;
  return depthProblem(meant);
}

/** An expression that something may follow on its line: a comment in it becomes a space, for one of a line would hide the rest. */
export function withoutComments(text: string, dialect: Dialect): string {
  const meant = dialect.tokenize(text).map(({ kind, text: part }) => (kind === 'comment' ? ' ' : part));
  return meant.join('').trim();
}

function depthProblem(tokens: readonly Token[]): string | undefined {
  let depth = 0;
  for (const token of tokens) {
    const { kind, text } = token;
    if (kind === 'operator' && text === '(') depth += 1;
    if (kind === 'operator' && text === ')') depth -= 1;
    if (depth < 0) return 'holds a ")" that closes nothing';
    if (depth === 0 && kind === 'word' && CLAUSES.has(text.toLowerCase()))
      return `holds "${text}", which is no part of an expression`;
  }
  return depth === 0 ? undefined : 'holds a "(" that nothing closes';
}

function isWord({ kind, text }: Token, word: string): boolean {
  return kind === 'word' && text.toLowerCase() === word;
}
