import type { Node } from 'libpg-query';
import { calledName, namesOf } from '../called-name.ts';
import { asNode, findNodes, type NodeOf } from '../pg-tree.ts';
import type { PortabilityRule } from '../rule.ts';

const SORTING = new Set(['listagg', 'median', 'percentile_cont']);

/** `listagg(a, ',') within group (order by b), median(c)`. */
export const oneSortOrder: PortabilityRule = {
  code: 'PRT-210',
  severity: 'error',
  what: 'Sorting aggregates with different orders',
  why: 'All of LISTAGG, MEDIAN and PERCENTILE_CONT in one SELECT must sort by the same values; MEDIAN sorts by its argument.',
  page: 'r_MEDIAN',
  nodes: {
    SelectStmt: ({ targetList = [], havingClause }, { report }) => {
      const [first, ...others] = aggregatesOf([targetList, havingClause]).filter(
        ({ funcname, over }) => over === undefined && SORTING.has(calledName(funcname)),
      );
      if (first === undefined) return;
      for (const other of others) {
        if (sortOrder(other) === sortOrder(first)) continue;
        report(other.location, {
          message: `Redshift wants one order for ${calledName(first.funcname)}() and ${calledName(other.funcname)}() of one SELECT.`,
          hint: 'Compute them in two queries and join these.',
        });
      }
    },
  },
};

/** Calls in an expression that are not in a query of its own. */
function aggregatesOf(parts: unknown): readonly NodeOf<'FuncCall'>[] {
  const inner = new Set(findNodes(parts, 'SubLink').flatMap((link) => findNodes(link, 'FuncCall')));
  return findNodes(parts, 'FuncCall').filter((call) => !inner.has(call));
}

/** What an aggregate sorts by, as a text that two aggregates share when they share the order. */
function sortOrder({ funcname, args = [], agg_order = [] }: NodeOf<'FuncCall'>): string {
  const expressions =
    calledName(funcname) === 'median'
      ? args.slice(0, 1)
      : agg_order.map((one) => asNode(one, 'SortBy')?.node ?? one);
  const directions = agg_order.map((one) => asNode(one, 'SortBy')?.sortby_dir === 'SORTBY_DESC');
  const withoutPlaces = (key: string, value: unknown) => (key === 'location' ? undefined : value);
  return JSON.stringify([expressions, directions.includes(true) ? directions : []], withoutPlaces);
}

/** `count(x order by y)`, `listagg(x, ',' order by y)`. */
export const orderInCall: PortabilityRule = {
  code: 'PRT-211',
  severity: 'error',
  what: 'ORDER BY among an aggregate’s arguments',
  why: 'An aggregate takes its order in WITHIN GROUP.',
  page: 'r_LISTAGG',
  nodes: {
    FuncCall: ({ funcname, agg_order = [], agg_within_group, location }, { report }) => {
      if (agg_order.length === 0 || agg_within_group === true) return;
      report(location, {
        message: `Redshift takes no ORDER BY among the arguments of ${calledName(funcname)}().`,
        hint: 'Write listagg(…) within group (order by …), or {{listagg …}}.',
      });
    },
  },
};

/** `avg(count_of_days)` where the argument is known to be whole numbers. */
export const averageOfIntegers: PortabilityRule = {
  code: 'PRT-212',
  severity: 'warning',
  what: 'AVG of whole numbers',
  why: 'The average of integers is an integer: 1 and 2 have the average 1.',
  page: 'r_AVG',
  nodes: {
    FuncCall: ({ funcname, args = [], location }, { report }) => {
      const [argument] = args;
      if (calledName(funcname) !== 'avg' || argument === undefined || !isInteger(argument)) return;
      report(location, {
        message: 'Redshift cuts the average of whole numbers to a whole number.',
        hint: 'Write avg(x * 1.0), or avg({{cast_to "x" "numeric(18,4)"}}).',
      });
    },
  },
};

const INTEGER_TYPES = new Set(['int2', 'int4', 'int8', 'smallint', 'integer', 'bigint']);
const INTEGER_FUNCTIONS = new Set([
  ...['count', 'datediff', 'length', 'len', 'char_length', 'character_length', 'octet_length', 'strpos'],
  ...['charindex', 'position', 'ascii', 'extract', 'row_number', 'rank', 'dense_rank', 'ntile', 'strtol'],
  ...['regexp_count', 'regexp_instr', 'date_part_year', 'json_array_length', 'sign'],
]);
const SAME_AS_ARGUMENTS = new Set(['sum', 'min', 'max', 'abs', 'nvl', 'coalesce', 'mod', 'lag', 'lead']);

/** Whether an expression is known to be of an integer type; columns are not known. */
function isInteger(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('A_Const' in node) return node.A_Const.ival !== undefined;
  if ('TypeCast' in node) return INTEGER_TYPES.has(namesOf(node.TypeCast.typeName?.names).at(-1) ?? '');
  if ('CoalesceExpr' in node) return (node.CoalesceExpr.args ?? []).every(isInteger);
  if ('MinMaxExpr' in node) return (node.MinMaxExpr.args ?? []).every(isInteger);
  if ('CaseExpr' in node) return isIntegerCase(node.CaseExpr);
  if ('FuncCall' in node) return isIntegerCall(node.FuncCall);
  if ('A_Expr' in node) return isIntegerOperation(node.A_Expr);
  return false;
}

function isIntegerCase({ args = [], defresult }: NodeOf<'CaseExpr'>): boolean {
  const results = args.map((one) => asNode(one, 'CaseWhen')?.result);
  const known = [...results, defresult].filter((result) => result !== undefined && !isNull(result));
  return known.length > 0 && known.every(isInteger);
}

function isIntegerCall({ funcname, args = [] }: NodeOf<'FuncCall'>): boolean {
  const name = calledName(funcname);
  if (INTEGER_FUNCTIONS.has(name)) return true;
  return SAME_AS_ARGUMENTS.has(name) && args.length > 0 && args.every(isInteger);
}

function isIntegerOperation({ kind, name, lexpr, rexpr }: NodeOf<'A_Expr'>): boolean {
  if (kind === 'AEXPR_NULLIF') return isInteger(lexpr);
  const isArithmetic = ['+', '-', '*', '/', '%'].includes(namesOf(name).at(-1) ?? '');
  return kind === 'AEXPR_OP' && isArithmetic && (lexpr === undefined || isInteger(lexpr)) && isInteger(rexpr);
}

function isNull(node: Node): boolean {
  return asNode(node, 'A_Const')?.isnull === true;
}
