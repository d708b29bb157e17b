import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Scalar } from '../dialect/dialect.ts';
import type { Token } from '../dialect/token.ts';
import type { Dag } from '../manifest/dag.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';

/** Columns with this tag hold personal data: their values are not shown. */
const TAG = 'pii';
const MASK = '***';

/** The rows with `***` in place of every value of the columns, which are given in lower case; NULL stays NULL. */
export function maskRows({ columns, rows }: QueryResult, masked: ReadonlySet<string>): QueryResult {
  const mask = ([name, value]: [string, Scalar]) =>
    [name, value !== null && masked.has(name.toLowerCase()) ? MASK : value] as const;
  return { columns, rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(mask))) };
}

/** Names, in lower case, of the columns that are tagged `pii` in anything upstream of a test. */
export function personalColumns(dag: Dag, test: string): ReadonlySet<string> {
  const upstream = [...dag.ancestors(test)].flatMap((id) => dag.manifest.nodes.get(id) ?? []);
  const columns = upstream.flatMap((node) => ('columns' in node ? node.columns : []));
  const tagged = columns.filter(({ tags }) => tags.includes(TAG));
  return new Set(tagged.map(({ name }) => name.toLowerCase()));
}

/** The names, and those that a query gives with `as` to expressions over them, through any number of steps. */
export function withAliases(names: ReadonlySet<string>, query: readonly Token[]): ReadonlySet<string> {
  if (names.size === 0) return names;
  const tokens = canonicalTokens(query);
  const words = tokens.map(nameOf);
  const known = new Set(names);
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const [at, word] of words.entries()) {
      const alias = words[at + 1];
      if (word === 'as' && alias !== undefined && selectItemBefore(words, at).some((name) => known.has(name)))
        known.add(alias);
    }
  }
  return known;
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

function nameOf({ kind, text }: Token): string {
  const name = kind === 'quoted-identifier' ? text.slice(1, -1).replaceAll('""', '"') : text;
  return kind === 'string' ? '' : name.toLowerCase();
}
