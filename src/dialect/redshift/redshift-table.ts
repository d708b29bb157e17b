import type { Column } from '../column-type.ts';
import type { TableOptions } from '../dialect.ts';
import type { Relation } from '../relation.ts';
import { quote, relationName } from './redshift-text.ts';
import { redshiftType } from './redshift-type.ts';

/** Keys are left out: Redshift does not enforce them, but its planner believes them, and gives wrong rows for a wrong one. */
export function createTable(
  relation: Relation,
  columns: readonly Column[],
  _primaryKey: readonly string[] = [],
  options: TableOptions = {},
): string {
  const lines = columns.map(({ name, type }) => {
    const encoding = options.encode?.[name];
    return `  ${quote(name)} ${redshiftType(type)}${encoding === undefined ? '' : ` encode ${encoding}`}`;
  });
  return [`create table ${relationName(relation)} (\n${lines.join(',\n')}\n)`, ...attributes(options)].join(
    '\n',
  );
}

/** A table of a query's rows; Redshift takes no encodings here (`encode` is for `createTable`). */
export function createTableAs(relation: Relation, select: string, options: TableOptions): string {
  return [`create table ${relationName(relation)}`, ...attributes(options), 'as', select].join('\n');
}

/** A view whose rows are stored; it does not refresh by itself unless told to, and a version does not change. */
export function createMaterializedView(relation: Relation, select: string, options: TableOptions): string {
  return [`create materialized view ${relationName(relation)}`, ...attributes(options), 'as', select].join(
    '\n',
  );
}

/** The clauses between a table's name and its query, a line each; nothing where Redshift is left to choose. */
function attributes({ backup, dist, sort = [], sortStyle }: TableOptions): readonly string[] {
  const style = sortStyle === 'interleaved' ? 'interleaved ' : '';
  return [
    ...(backup === false ? ['backup no'] : []),
    ...distribution(dist),
    ...(sort.length === 0 ? [] : [`${style}sortkey (${sort.map(quote).join(', ')})`]),
  ];
}

/** As dbt reads it: a style by its name, `auto` for Redshift's own choice, else the column to distribute by. */
function distribution(dist: string | undefined): readonly string[] {
  switch (dist?.toLowerCase()) {
    case undefined:
    case 'auto':
      return [];
    case 'all':
    case 'even':
      return [`diststyle ${dist?.toLowerCase()}`];
    default:
      return ['diststyle key', `distkey (${quote(dist ?? '')})`];
  }
}
