import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { closingParenthesis } from '../dialect/parenthesis.ts';
import type { Token } from '../dialect/token.ts';
import { foldedName, isName } from './token-cursor.ts';

/** What may follow a table that has no alias. */
const BEHIND_TABLE = new Set([
  ...['where', 'group', 'having', 'order', 'limit', 'offset', 'fetch', 'window', 'qualify', 'for', 'select'],
  ...[
    'on',
    'using',
    'join',
    'left',
    'right',
    'full',
    'inner',
    'cross',
    'natural',
    'asof',
    'positional',
    'semi',
  ],
  ...['anti', 'union', 'intersect', 'except', 'minus', 'pivot', 'unpivot', 'tablesample', 'at'],
]);
const BEFORE_TABLE = new Set(['from', 'join', 'only', ',', '(']);
const BEGINS_QUERY = new Set(['select', 'with', 'from', 'values']);

/**
 * The relations of a query (its canonical tokens) that need an alias, and which: in `select orders.id from {{ref "orders"}}` the columns are
 * qualified by the published name, and a version has another. Only where a query does so, for others stay as typed.
 */
export function neededAliases(
  tokens: readonly Token[],
  publishedName: (marker: Token) => string | undefined,
  dialect: Dialect,
): ReadonlyMap<Token, string> {
  const found = new Map<Token, string>();
  let qualifiers: ReadonlyMap<string, readonly number[]> | undefined;
  tokens.forEach((token, index) => {
    if (token.kind !== 'relation' || !isTableWithoutAlias(tokens, index)) return;
    const name = publishedName(token);
    if (name === undefined) return;
    qualifiers ??= qualifiersIn(tokens, dialect);
    const uses = qualifiers.get(dialect.fold(name)) ?? [];
    const query = enclosingQuery(tokens, index);
    if (uses.some((use) => use >= query.start && use < query.end)) found.set(token, dialect.quote(name));
  });
  return found;
}

/** Where each name stands in front of a dot, and behind none; by the name as the engine compares it. */
function qualifiersIn(tokens: readonly Token[], dialect: Dialect): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  tokens.forEach((token, index) => {
    if (tokens[index + 1]?.text !== '.' || tokens[index - 1]?.text === '.' || !isName(token)) return;
    addTo(found, foldedName(dialect, token), index);
  });
  return found;
}

function isTableWithoutAlias(tokens: readonly Token[], index: number): boolean {
  if (!BEFORE_TABLE.has(tokens[index - 1]?.text.toLowerCase() ?? '')) return false;
  const next = tokens[index + 1];
  if (next?.text === '.') return false;
  return !isName(next) || (next.kind === 'word' && BEHIND_TABLE.has(next.text.toLowerCase()));
}

/** The innermost query around a place: from behind its parenthesis to the closing one. */
function enclosingQuery(tokens: readonly Token[], index: number): { start: number; end: number } {
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    if (tokens[at]?.text === ')') depth++;
    if (tokens[at]?.text !== '(' || depth-- > 0) continue;
    depth = 0;
    if (BEGINS_QUERY.has(tokens[at + 1]?.text.toLowerCase() ?? ''))
      return { start: at + 1, end: closingParenthesis(tokens, at) };
  }
  return { start: 0, end: tokens.length };
}
