import type { Node } from 'libpg-query';
import { namesOf } from './called-name.ts';
import { asNode, type NodeOf } from './pg-tree.ts';
import { commonTable, DEEPEST, nameOf, type QueryScope, tablesOf, targetName } from './query-columns.ts';

type Select = NodeOf<'SelectStmt'>;

/**
 * Whether an expression is a column that a common table or a subquery of FROM gives as a bare string or NULL, through
 * however many of them: Redshift keeps such a column without a type, where others make it a text.
 */
export function isUntypedColumn(node: Node | undefined, scope: QueryScope | undefined): boolean {
  const column = asNode(node, 'ColumnRef');
  return column !== undefined && isUntyped(column, scope, 0);
}

/** The selected expression that an item of ORDER BY or GROUP BY means by its number or, with `byName`, by its name. */
export function selectedItem(item: Node, { targetList = [] }: Select, byName: boolean): Node | undefined {
  const number = asNode(item, 'A_Const')?.ival?.ival;
  if (number !== undefined) return asNode(targetList[number - 1], 'ResTarget')?.val;
  const names = namesOf(asNode(item, 'ColumnRef')?.fields);
  const [name] = names;
  if (!byName || names.length !== 1 || name === undefined) return item;
  const named = targetList.find((target) => targetName(target) === name);
  return asNode(named, 'ResTarget')?.val ?? item;
}

function isUntyped(
  { fields = [] }: NodeOf<'ColumnRef'>,
  scope: QueryScope | undefined,
  depth: number,
): boolean {
  const names = namesOf(fields);
  const [column, table] = [names.at(-1), names.at(-2)];
  if (column === undefined || names.length !== fields.length || scope === undefined || depth > DEEPEST)
    return false;
  const tables = (scope.select.fromClause ?? []).flatMap(tablesOf);
  const named = tables.filter((one) => table === undefined || nameOf(one) === table);
  return named.some((one) => givesUntyped(one, column, scope, depth + 1));
}

function givesUntyped(table: Node, column: string, scope: QueryScope, depth: number): boolean {
  const subquery = asNode(table, 'RangeSubselect');
  if (subquery !== undefined) {
    const isRenamed = (subquery.alias?.colnames ?? []).length > 0;
    return !isRenamed && selectsUntyped(asNode(subquery.subquery, 'SelectStmt'), column, scope, depth);
  }
  const { schemaname, relname = '', alias } = asNode(table, 'RangeVar') ?? {};
  if (schemaname !== undefined || (alias?.colnames ?? []).length > 0) return false;
  const common = commonTable(relname, scope);
  if (common === undefined || (common.table.aliascolnames ?? []).length > 0) return false;
  return selectsUntyped(asNode(common.table.ctequery, 'SelectStmt'), column, common.scope, depth);
}

/** What is made distinct, sorted or joined by UNION has got a type there. */
function selectsUntyped(
  select: Select | undefined,
  column: string,
  outer: QueryScope | undefined,
  depth: number,
): boolean {
  if (select === undefined || select.larg !== undefined || select.distinctClause !== undefined) return false;
  const { targetList = [] } = select;
  const target = targetList.find((one) => targetName(one) === column);
  const value = asNode(target, 'ResTarget')?.val;
  const scope = { select, outer };
  if (value === undefined) {
    const isAll = targetList.some((one) => targetName(one) === '*');
    return isAll && isUntyped({ fields: [{ String: { sval: column } }] }, scope, depth);
  }
  if (isSorted(value, select)) return false;
  const constant = asNode(value, 'A_Const');
  if (constant !== undefined) return constant.sval !== undefined || constant.isnull === true;
  const passed = asNode(value, 'ColumnRef');
  return passed !== undefined && isUntyped(passed, scope, depth);
}

function isSorted(value: Node, select: Select): boolean {
  const { sortClause = [], groupClause = [] } = select;
  const sorted = sortClause.map((one) => asNode(one, 'SortBy')?.node).filter((one) => one !== undefined);
  return [...sorted, ...groupClause].some((item) => selectedItem(item, select, true) === value);
}
