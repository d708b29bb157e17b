import type { Dialect } from './dialect.ts';

/** How an engine writes what statements are about. */
type Wording = Pick<Dialect, 'quote' | 'relation' | 'literal' | 'type'>;

type SharedStatement =
  | 'cast'
  | 'createSchema'
  | 'dropSchema'
  | 'dropTable'
  | 'dropView'
  | 'renameTable'
  | 'commentOnRelation'
  | 'commentOnColumn';

/** What every engine says alike, but for how it writes names, texts and types. */
export function sharedStatements({
  quote,
  relation,
  literal,
  type,
}: Wording): Pick<Dialect, SharedStatement> {
  return {
    cast: (expression, to) => `cast(${expression} as ${type(to)})`,
    createSchema: (schema) => `create schema if not exists ${quote(schema)}`,
    dropSchema: (schema) => `drop schema if exists ${quote(schema)}`,
    dropTable: (table) => `drop table if exists ${relation(table)}`,
    dropView: (view) => `drop view if exists ${relation(view)}`,
    renameTable: (table, name) => `alter table ${relation(table)} rename to ${quote(name)}`,
    commentOnRelation: (kind, of, text) => `comment on ${kind} ${relation(of)} is ${literal(text)}`,
    commentOnColumn: (of, column, text) =>
      `comment on column ${relation(of)}.${quote(column)} is ${literal(text)}`,
  };
}

type PlainCreation = 'createTable' | 'createTableAs' | 'createView' | 'createOrReplaceView';

/** How tables and views are made where they have no options: no keys to distribute or sort by, no late binding. */
export function plainCreations({ quote, relation, type }: Wording): Pick<Dialect, PlainCreation> {
  return {
    createTable: (table, columns, primaryKey = []) => {
      const lines = columns.map((column) => `  ${quote(column.name)} ${type(column.type)}`);
      if (primaryKey.length > 0) lines.push(`  primary key (${primaryKey.map(quote).join(', ')})`);
      return `create table ${relation(table)} (\n${lines.join(',\n')}\n)`;
    },
    createTableAs: (table, select) => `create table ${relation(table)} as\n${select}`,
    createView: (view, select) => `create view ${relation(view)} as\n${select}`,
    createOrReplaceView: (view, select) => `create or replace view ${relation(view)} as\n${select}`,
  };
}

type Grant = 'grantSelect' | 'revokeSelect' | 'grantUsage';

/** How rights are given; `grantee` writes a grantee's name as the engine knows it. */
export function grantStatements(
  { quote, relation }: Pick<Wording, 'quote' | 'relation'>,
  grantee: (written: string) => string,
): Pick<Dialect, Grant> {
  return {
    grantSelect: (of, to) => `grant select on ${relation(of)} to ${grantee(to)}`,
    revokeSelect: (of, from) => `revoke select on ${relation(of)} from ${grantee(from)}`,
    grantUsage: (schema, to) => `grant usage on schema ${quote(schema)} to ${grantee(to)}`,
  };
}
