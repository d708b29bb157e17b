import { some } from './macro-argument.ts';

/** A query over the rows of several relations, with the columns that are named. */
export function relationUnion(
  relations: readonly string[],
  columns: readonly string[],
  quote: (identifier: string) => string,
): string {
  const list = some(columns, 'column').map(quote).join(', ');
  return some(relations, 'relation')
    .map((relation) => `select ${list}\nfrom ${relation}`)
    .join('\nunion all\n');
}
