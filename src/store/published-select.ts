import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { PublishedColumn } from './publication.ts';

/** The SELECT that a published relation stands for: explicit columns, each cast to its pinned type. */
export function publishedSelect(
  dialect: Dialect,
  entry: { readonly version: Relation; readonly columns: readonly PublishedColumn[] },
): string {
  const columns = entry.columns.map(({ name, type }) => {
    const column = dialect.quote(name);
    return `  cast(${column} as ${type}) as ${column}`;
  });
  return `select\n${columns.join(',\n')}\nfrom ${dialect.relation(entry.version)}`;
}
