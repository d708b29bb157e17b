import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Token } from '../dialect/token.ts';
import { nameOf, withAliases } from './column-aliases.ts';

/** Whether a column of a query's result, by its name, may hold personal data. */
export type IsPersonal = (column: string) => boolean;

/** What servers call an expression that is no call. */
const NAMELESS = ['?column?', 'case'];
/** Functions that servers know under another name. */
const RENAMED: Readonly<Record<string, readonly string[]>> = { trim: ['btrim', 'ltrim', 'rtrim'] };

/**
 * Tells the columns of a query's result that may hold personal data, from the names of such columns (in lower case): those,
 * what the query calls expressions over them, and what the engine calls such that the query gives no name. DuckDB calls them
 * by their text, servers by their function or type. Where in doubt a column is personal.
 */
export function personalResults(personal: ReadonlySet<string>, query: readonly Token[]): IsPersonal {
  if (personal.size === 0) return () => false;
  const named = withAliases(personal, query);
  const unnamed = unnamedOver(named, canonicalTokens(query));
  return (column) => {
    const name = column.toLowerCase();
    return named.has(name) || unnamed.has(name) || wordsOf(name).some((word) => named.has(word));
  };
}

/** What servers call expressions over some names: the functions around them, and the types that they are cast to. */
function unnamedOver(names: ReadonlySet<string>, tokens: readonly Token[]): ReadonlySet<string> {
  const words = tokens.map(nameOf);
  const found = new Set<string>();
  const opened: number[] = [];
  words.forEach((word, at) => {
    if (word === '(') opened.push(at);
    if (names.has(word))
      for (const name of [...NAMELESS, ...opened.map((open) => words[open - 1] ?? '')]) found.add(name);
    if (word !== ')') return;
    const inside = words.slice(opened.pop(), at);
    if (words[at + 1] === '::' && inside.some((name) => names.has(name))) found.add(words[at + 2] ?? '');
  });
  return new Set([...found].flatMap((name) => [name, ...(RENAMED[name] ?? [])]));
}

/** The words of a name: those of one that is the text of an expression are the columns it is over, and more. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}
