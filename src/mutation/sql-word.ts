import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from '../dialect/token.ts';

/** A token that means something, as mutations see it. */
export interface SqlWord {
  /** Lower-case text of a word or operator; the empty string for strings, numbers, quoted names and relations. */
  readonly keyword: string;
  readonly text: string;
  readonly kind: Token['kind'];
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it; a bracket itself counts as outside. */
  readonly depth: number;
  /** The clause that it stands in, of its own depth: `where`, `on`, `select`; the empty string before the first. */
  readonly clause: string;
}

const CLAUSES = new Set([
  ...['with', 'select', 'from', 'join', 'on', 'using', 'where', 'group', 'having', 'qualify', 'window'],
  ...['order', 'limit', 'offset', 'union', 'intersect', 'except', 'partition', 'rows', 'range'],
]);

/** The words of an SQL text with their brackets and clauses. */
export function sqlWords(sql: string, dialect: Dialect): readonly SqlWord[] {
  const clauses = [''];
  let before = '';
  return canonicalTokens(dialect.tokenize(sql)).map(({ kind, text, start }) => {
    const keyword = kind === 'word' || kind === 'operator' ? text.toLowerCase() : '';
    const beginsClause = CLAUSES.has(keyword) && before !== 'distinct';
    before = keyword;
    if (keyword === ')' && clauses.length > 1) clauses.pop();
    if (beginsClause) clauses[clauses.length - 1] = keyword;
    const clause = clauses.at(-1) ?? '';
    const depth = clauses.length - 1;
    if (keyword === '(') clauses.push('');
    return { keyword, text, kind, start, end: start + text.length, depth, clause };
  });
}

/** The words behind a clause's keyword that belong to it, with all brackets between them. */
export function clauseBody(words: readonly SqlWord[], at: number): readonly SqlWord[] {
  const first = words[at];
  if (first === undefined) return [];
  const behind = words.slice(at + 1);
  const end = behind.findIndex(
    ({ depth, clause }) => depth < first.depth || (depth === first.depth && clause !== first.clause),
  );
  return end < 0 ? behind : behind.slice(0, end);
}
