import type { Node } from 'libpg-query';
import { asNode, type NodeOf } from './pg-tree.ts';

/** A query and those around it, for the names that it may use. */
export interface QueryScope {
  readonly select: NodeOf<'SelectStmt'>;
  readonly outer: QueryScope | undefined;
}

/** A column that is passed on more often than this is not followed; a recursive common table is passed on for ever. */
export const DEEPEST = 20;

/** The tables and subqueries of an item of a FROM list. */
export function tablesOf(item: Node): readonly Node[] {
  const join = asNode(item, 'JoinExpr');
  return join === undefined ? [item] : [join.larg, join.rarg].flatMap((side) => (side ? tablesOf(side) : []));
}

/** The name by which columns of a table or subquery are qualified, in lower case. */
export function nameOf(table: Node): string | undefined {
  const { alias, relname } = (asNode(table, 'RangeVar') ?? asNode(table, 'RangeSubselect') ?? {}) as Partial<
    NodeOf<'RangeVar'>
  >;
  return (alias?.aliasname ?? relname)?.toLowerCase();
}

/** The common table of a name that a query sees, and the query whose WITH has it. */
export function commonTable(name: string, innermost: QueryScope | undefined) {
  for (let scope = innermost; scope !== undefined; scope = scope.outer) {
    for (const one of scope.select.withClause?.ctes ?? []) {
      const table = asNode(one, 'CommonTableExpr');
      if (table?.ctename === name) return { table, scope };
    }
  }
  return undefined;
}

/** The name of a selected column; `*` for all columns. */
export function targetName(target: Node): string | undefined {
  const { name, val } = asNode(target, 'ResTarget') ?? {};
  if (name !== undefined) return name.toLowerCase();
  const last = asNode(val, 'ColumnRef')?.fields?.at(-1);
  if (last !== undefined && 'A_Star' in last) return '*';
  return asNode(last, 'String')?.sval?.toLowerCase();
}
