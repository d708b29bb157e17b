import type { Dialect } from '../dialect/dialect.ts';
import type { InferredColumn } from './inferred-column.ts';
import type { WrittenRows } from './written-rows.ts';

/**
 * A query that gives written rows the columns and types of a relation; columns that are not given are NULL:
 * ```sql
 * select
 *   cast(written.c1 as BIGINT) as id,
 *   cast(null as DATE) as day
 * from (values
 *   ('1')
 * ) as written (c1)
 * ```
 */
export function typedRows(
  columns: readonly InferredColumn[],
  written: WrittenRows,
  dialect: Dialect,
): string {
  const names = written.columns.map((_, index) => `c${index + 1}`);
  if (written.rows.length === 0 || names.length === 0) return nullRows(columns, written.rows.length, dialect);
  const places = new Map(written.columns.map((name, index) => [dialect.fold(name), names[index]]));
  const select = selectCasts(columns, (name) => places.get(dialect.fold(name)), dialect);
  const rows = written.rows.map((row) => `  (${row.map((cell) => dialect.literal(cell)).join(', ')})`);
  return `${select}\nfrom (values\n${rows.join(',\n')}\n) as written (${names.join(', ')})`;
}

/** A query that gives the rows of another one (its columns are `found`) the columns and types of a relation. */
export function typedQuery(
  columns: readonly InferredColumn[],
  query: string,
  found: readonly InferredColumn[],
  dialect: Dialect,
): string {
  const names = new Map(found.map(({ name }) => [dialect.fold(name), dialect.quote(name)]));
  const select = selectCasts(columns, (name) => names.get(dialect.fold(name)), dialect);
  return `${select}\nfrom (\n${query}\n) as written`;
}

function nullRows(columns: readonly InferredColumn[], count: number, dialect: Dialect): string {
  return `${selectCasts(columns, () => undefined, dialect)}\nfrom range(${count})`;
}

function selectCasts(
  columns: readonly InferredColumn[],
  givenName: (name: string) => string | undefined,
  dialect: Dialect,
): string {
  const lines = columns.map(({ name, type }) => {
    const value = givenName(name);
    const given = value === undefined ? 'null' : `written.${value}`;
    return `  cast(${given} as ${type}) as ${dialect.quote(name)}`;
  });
  return `select\n${lines.join(',\n')}`;
}
