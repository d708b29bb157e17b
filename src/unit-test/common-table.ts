import { mappedJoin, mappedSlice, writtenBy } from '../compile/mapped-slice.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { closingParenthesis } from '../dialect/parenthesis.ts';
import type { Token } from '../dialect/token.ts';
import type { MappedText } from '../template/source-map.ts';

/** A common table of a query: its name as the engine compares it, and the offsets of its first and behind its last character. */
interface CommonTable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Names that stand in its query. */
  readonly mentions: ReadonlySet<string>;
}

/** A query for the rows of one of a query's own common tables, or the names of those that it has. */
export type CommonTableQuery =
  | { readonly kind: 'found'; readonly query: MappedText }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** The query of a common table: the `with` of the query with the tables that it stands on, and all rows of it. */
export function commonTableQuery(sql: MappedText, name: string, dialect: Dialect): CommonTableQuery {
  const tokens = canonicalTokens(dialect.tokenize(sql.text));
  const tables = commonTables(tokens, dialect);
  const wanted = tables.findIndex((table) => table.name === dialect.fold(name));
  const [first] = tables;
  const target = tables[wanted];
  if (first === undefined || target === undefined)
    return { kind: 'missing', names: tables.map((table) => table.name) };
  const needed = neededTables(tables.slice(0, wanted + 1));
  const parts = needed.flatMap((table, index) => [
    writtenBy(index === 0 ? '' : ',\n', undefined),
    mappedSlice(sql, table.start, table.end),
  ]);
  return {
    kind: 'found',
    query: mappedJoin([
      mappedSlice(sql, 0, first.start),
      ...parts,
      writtenBy(`\nselect * from ${dialect.quote(target.name)}`, sql.map.originAt(target.start)),
    ]),
  };
}

/** The last of the tables, and those before it that it stands on. */
function neededTables(tables: readonly CommonTable[]): readonly CommonTable[] {
  const needed = new Set(tables.slice(-1));
  for (const table of tables.toReversed())
    if ([...needed].some(({ mentions }) => mentions.has(table.name))) needed.add(table);
  return tables.filter((table) => needed.has(table));
}

/** `with [recursive] name [(columns)] as [[not] materialized] ( … ), …` at the beginning of a query. */
function commonTables(tokens: readonly Token[], dialect: Dialect): readonly CommonTable[] {
  const word = (index: number) => tokens[index]?.text.toLowerCase();
  if (word(0) !== 'with') return [];
  const tables: CommonTable[] = [];
  let at = word(1) === 'recursive' ? 2 : 1;
  for (;;) {
    const name = tokens[at];
    let open = at + 1;
    if (word(open) === '(') open = closingParenthesis(tokens, open) + 1;
    if (name === undefined || word(open) !== 'as') return tables;
    while (open < tokens.length && word(open) !== '(') open++;
    const close = closingParenthesis(tokens, open);
    const last = tokens[close];
    if (last === undefined) return tables;
    tables.push({
      name: nameOf(name, dialect),
      start: name.start,
      end: last.start + last.text.length,
      mentions: new Set(tokens.slice(open, close).map((token) => nameOf(token, dialect))),
    });
    if (word(close + 1) !== ',') return tables;
    at = close + 2;
  }
}

function nameOf({ kind, text }: Token, dialect: Dialect): string {
  return dialect.fold(kind === 'quoted-identifier' ? text.slice(1, -1).replaceAll('""', '"') : text);
}
