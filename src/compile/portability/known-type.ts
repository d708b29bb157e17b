import type { Node } from 'libpg-query';
import { calledName, namesOf } from './called-name.ts';
import { asNode, type NodeOf } from './pg-tree.ts';
import { commonTable, DEEPEST, nameOf, type QueryScope, tablesOf, targetName } from './query-columns.ts';
import type { DeclaredTypes, TypeFamily } from './rule.ts';

/** By what a family is known: its types, and the functions that give it, whatever their arguments. */
const FAMILIES: Readonly<Record<TypeFamily, { readonly types: Words; readonly functions: Words }>> = {
  integer: {
    types: new Set(['int2', 'int4', 'int8', 'smallint', 'integer', 'bigint']),
    functions: new Set([
      ...['count', 'datediff', 'length', 'len', 'char_length', 'character_length', 'octet_length', 'strpos'],
      ...['charindex', 'position', 'ascii', 'extract', 'row_number', 'rank', 'dense_rank', 'ntile', 'strtol'],
      ...['regexp_count', 'regexp_instr', 'date_part_year', 'json_array_length', 'sign'],
    ]),
  },
  boolean: {
    types: new Set(['bool', 'boolean']),
    functions: new Set(['bool_or', 'bool_and', 'is_valid_json', 'is_valid_json_array']),
  },
};
const SAME_AS_ARGUMENTS = new Set([
  ...['sum', 'min', 'max', 'abs', 'nvl', 'coalesce', 'mod', 'lag', 'lead', 'first_value', 'last_value'],
  'any_value',
]);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
const COMPARISONS = new Set(['=', '<>', '!=', '<', '<=', '>', '>=', '~', '!~', '~*', '!~*']);

type Words = ReadonlySet<string>;

/**
 * Tells whether an expression is known to be of a family of types: by what it is, and for columns by the declared types of
 * the relations that they come from, through subqueries and common tables.
 */
export function isKnownAs(
  family: TypeFamily,
  node: Node,
  scope: QueryScope | undefined,
  declared: DeclaredTypes,
): boolean {
  return isKnown(node, { family, declared, scope, depth: 0 });
}

interface Reading {
  readonly family: TypeFamily;
  readonly declared: DeclaredTypes;
  readonly scope: QueryScope | undefined;
  readonly depth: number;
}

function isKnown(node: Node | undefined, reading: Reading): boolean {
  if (node === undefined) return false;
  const all = (nodes: readonly Node[] = []) =>
    nodes.length > 0 && nodes.every((one) => isKnown(one, reading));
  const { family } = reading;
  if ('A_Const' in node)
    return (family === 'integer' ? node.A_Const.ival : node.A_Const.boolval) !== undefined;
  if ('TypeCast' in node)
    return FAMILIES[family].types.has(namesOf(node.TypeCast.typeName?.names).at(-1) ?? '');
  if ('CoalesceExpr' in node) return all(node.CoalesceExpr.args);
  if ('MinMaxExpr' in node) return all(node.MinMaxExpr.args);
  if ('CaseExpr' in node) return all(resultsOf(node.CaseExpr));
  if ('FuncCall' in node) return isKnownCall(node.FuncCall, family, all);
  if ('A_Expr' in node) return isKnownOperation(node.A_Expr, family, all);
  if ('ColumnRef' in node) return isKnownColumn(node.ColumnRef, reading);
  return family === 'boolean' && CONDITIONS.some((tag) => tag in node);
}

const CONDITIONS = ['BoolExpr', 'NullTest', 'BooleanTest'] as const;

type All = (nodes: readonly Node[] | undefined) => boolean;

/** What a CASE may give beside NULL. */
function resultsOf({ args = [], defresult }: NodeOf<'CaseExpr'>): readonly Node[] {
  const results = [...args.map((one) => asNode(one, 'CaseWhen')?.result), defresult];
  return results.filter(
    (result) => result !== undefined && asNode(result, 'A_Const')?.isnull !== true,
  ) as Node[];
}

function isKnownCall({ funcname, args }: NodeOf<'FuncCall'>, family: TypeFamily, all: All): boolean {
  const name = calledName(funcname);
  return FAMILIES[family].functions.has(name) || (SAME_AS_ARGUMENTS.has(name) && all(args));
}

function isKnownOperation(
  { kind, name, lexpr, rexpr }: NodeOf<'A_Expr'>,
  family: TypeFamily,
  all: All,
): boolean {
  if (kind === 'AEXPR_NULLIF') return lexpr !== undefined && all([lexpr]);
  const operator = namesOf(name).at(-1) ?? '';
  if (family === 'boolean') return kind !== 'AEXPR_OP' || COMPARISONS.has(operator);
  if (kind !== 'AEXPR_OP' || !ARITHMETIC.has(operator)) return false;
  return all([lexpr, rexpr].filter((side) => side !== undefined));
}

function isKnownColumn({ fields = [] }: NodeOf<'ColumnRef'>, reading: Reading): boolean {
  const names = namesOf(fields);
  const [column, table] = [names.at(-1), names.at(-2)];
  const { scope, depth } = reading;
  if (column === undefined || names.length !== fields.length || scope === undefined || depth > DEEPEST)
    return false;
  const tables = (scope.select.fromClause ?? []).flatMap(tablesOf);
  const named = tables.filter((one) => table === undefined || nameOf(one) === table);
  return named.some((one) => givesKnown(one, column, { ...reading, depth: depth + 1 }));
}

/** Whether a table of the FROM list has a column of that name and family. */
function givesKnown(table: Node, column: string, reading: Reading): boolean {
  const subquery = asNode(table, 'RangeSubselect');
  if (subquery !== undefined)
    return selectsKnown(asNode(subquery.subquery, 'SelectStmt'), column, reading.scope, reading);
  const { schemaname, relname = '' } = asNode(table, 'RangeVar') ?? {};
  if (schemaname !== undefined)
    return reading.declared({ schema: schemaname, name: relname }, column) === reading.family;
  const common = commonTable(relname, reading.scope);
  if (common === undefined || (common.table.aliascolnames ?? []).length > 0) return false;
  return selectsKnown(asNode(common.table.ctequery, 'SelectStmt'), column, common.scope, reading);
}

/** Whether a query gives a column of that name and family; of a UNION the first query is asked, which names the columns. */
function selectsKnown(
  query: NodeOf<'SelectStmt'> | undefined,
  column: string,
  outer: QueryScope | undefined,
  reading: Reading,
): boolean {
  if (query === undefined) return false;
  const scope = { select: query, outer };
  if (query.larg !== undefined) return selectsKnown(query.larg, column, scope, reading);
  const target = (query.targetList ?? []).find((one) => targetName(one) === column);
  const value = asNode(target, 'ResTarget')?.val;
  if (value !== undefined) return isKnown(value, { ...reading, scope });
  const isAll = (query.targetList ?? []).some((one) => targetName(one) === '*');
  return isAll && isKnownColumn({ fields: [{ String: { sval: column } }] }, { ...reading, scope });
}
