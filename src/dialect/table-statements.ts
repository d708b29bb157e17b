import type { Column } from './column-type.ts';
import type { Dialect, TableOptions } from './dialect.ts';
import type { Relation } from './relation.ts';

/** What a table is made of: a query's rows, stored in a way; `columns` are those whose types are declared. */
export interface TableContent {
  readonly select: string;
  readonly options: TableOptions;
  readonly columns: readonly Column[];
}

/**
 * The statements that make a table of a query's rows, of which the last one holds the query: one, or, where columns have
 * encodings, a typed table and then its rows.
 */
export function tableStatements(
  dialect: Dialect,
  relation: Relation,
  { select, options, columns }: TableContent,
): readonly string[] {
  if (dialect.supports.encodings === undefined || options.encode === undefined)
    return [dialect.createTableAs(relation, select, options)];
  const names = columns.map(({ name }) => dialect.quote(name)).join(', ');
  return [
    dialect.createTable(relation, columns, [], options),
    `insert into ${dialect.relation(relation)} (${names})\nselect ${names}\nfrom (\n${select}\n) as query`,
  ];
}
