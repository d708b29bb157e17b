import type { ColumnType } from '../dialect/column-type.ts';
import type { Dialect, TableOptions } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { StaticSeed } from './static-seed.ts';

const ROWS_A_STATEMENT = 1000;

/** The statements that make a table of a static seed: `create table`, then its rows as typed values. */
export function seedStatements(
  dialect: Dialect,
  relation: Relation,
  seed: StaticSeed,
  options: TableOptions,
): readonly string[] {
  const statements = [dialect.createTable(relation, seed.columns, [], options)];
  const names = seed.columns.map((column) => dialect.quote(column.name)).join(', ');
  for (let at = 0; at < seed.rows.length; at += ROWS_A_STATEMENT) {
    const rows = seed.rows.slice(at, at + ROWS_A_STATEMENT).map((row) => tuple(dialect, seed, row));
    statements.push(`insert into ${dialect.relation(relation)} (${names})\nvalues\n${rows.join(',\n')}`);
  }
  return statements;
}

function tuple(dialect: Dialect, seed: StaticSeed, row: readonly (string | null)[]): string {
  const values = seed.columns.map(({ type }, index) => value(dialect, type, row[index] ?? null));
  return `  (${values.join(', ')})`;
}

function value(dialect: Dialect, type: ColumnType, text: string | null): string {
  if (text === null) return dialect.literal(null);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
      return text.replace(/^\+/, '');
    case 'boolean':
      return dialect.literal(/^(true|t|yes|y|1)$/i.test(text));
    case 'varchar':
      return dialect.literal(text);
    case 'double':
    case 'date':
    case 'timestamp':
      return dialect.cast(dialect.literal(text), type);
  }
}
