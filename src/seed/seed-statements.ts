import type { ColumnType } from '../dialect/column-type.ts';
import type { Dialect, TableOptions } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { StaticSeed } from './static-seed.ts';

const ROWS_A_STATEMENT = 1000;
/** Redshift takes statements of 16 MB. */
const CHARACTERS_A_STATEMENT = 2_000_000;

/** The statements that make a table of a static seed: `create table`, then its rows as typed values. */
export function seedStatements(
  dialect: Dialect,
  relation: Relation,
  seed: StaticSeed,
  options: TableOptions,
): readonly string[] {
  const statements = [dialect.createTable(relation, seed.columns, [], options)];
  const names = seed.columns.map((column) => dialect.quote(column.name)).join(', ');
  for (const tuples of chunks(seed.rows.map((row) => tuple(dialect, seed, row))))
    statements.push(`insert into ${dialect.relation(relation)} (${names})\nvalues\n${tuples.join(',\n')}`);
  return statements;
}

/** Tuples in the order that they have, so many together as a statement takes. */
export function chunks(tuples: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let room = 0;
  for (const text of tuples) {
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length === ROWS_A_STATEMENT || text.length > room) {
      chunks.push([text]);
      room = CHARACTERS_A_STATEMENT - text.length;
    } else {
      chunk.push(text);
      room -= text.length;
    }
  }
  return chunks;
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
