import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Token } from '../dialect/token.ts';

/**
 * The names of columns (in lower case), and those that a query gives to expressions over them, with `as` or without, through
 * any number of steps. Tokens cannot tell all: where in doubt a name is added, so that what is masked may be too much.
 */
export function withAliases(names: ReadonlySet<string>, query: readonly Token[]): ReadonlySet<string> {
  if (names.size === 0) return names;
  const tokens = canonicalTokens(query);
  const words = tokens.map(nameOf);
  const aliases = tokens.flatMap((_, at) => (isAlias(tokens, words, at) ? [at] : []));
  const known = new Set(names);
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const at of aliases)
      if (selectItemBefore(words, at).some((name) => known.has(name))) known.add(words[at] ?? '');
  }
  return known;
}

/** Words that an expression goes on behind, so that the next word is part of it. */
const GOES_ON = new Set([
  ...['and', 'or', 'not', 'is', 'in', 'like', 'ilike', 'similar', 'to', 'between', 'from', 'by', 'escape'],
  ...['case', 'when', 'then', 'else', 'distinct', 'all', 'select', 'interval', 'collate'],
]);
/** What may stand behind a select item. */
const ENDS_ITEM = new Set([
  ...['', ',', ')', ';', 'from', 'where', 'group', 'having', 'order', 'limit', 'window', 'qualify'],
  ...['union', 'intersect', 'except'],
]);

/** A name behind `as`, or the last word of a select item, behind something that is a value already. */
function isAlias(tokens: readonly Token[], words: readonly string[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || (token?.kind !== 'word' && token?.kind !== 'quoted-identifier')) return false;
  return words[at - 1] === 'as' || (isValueEnd(before) && ENDS_ITEM.has(words[at + 1] ?? ''));
}

function isValueEnd({ kind, text }: Token): boolean {
  if (kind === 'word') return !GOES_ON.has(text.toLowerCase());
  return kind === 'operator' ? text === ')' || text === ']' : kind !== 'semicolon';
}

/** What stands between the last comma, SELECT or opening parenthesis around a place, and the place. */
function selectItemBefore(words: readonly string[], place: number): readonly string[] {
  let depth = 0;
  for (let at = place - 1; at >= 0; at--) {
    const word = words[at];
    if (word === ')') depth += 1;
    if (word === '(') depth -= 1;
    if (depth < 0 || (depth === 0 && (word === ',' || word === 'select'))) return words.slice(at + 1, place);
  }
  return words.slice(0, place);
}

/** What a token may name, in lower case and without quotes; empty for a text. */
export function nameOf({ kind, text }: Token): string {
  const name = kind === 'quoted-identifier' ? text.slice(1, -1).replaceAll('""', '"') : text;
  return kind === 'string' ? '' : name.toLowerCase();
}
