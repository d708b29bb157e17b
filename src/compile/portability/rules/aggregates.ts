import { calledName } from '../called-name.ts';
import { isKnownAs } from '../known-type.ts';
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
      const [first, ...others] = sortingIn([targetList, havingClause]);
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

/** The sorting aggregates of an expression, but for those of queries in it. */
function sortingIn(expression: unknown): readonly NodeOf<'FuncCall'>[] {
  const isSorting = ({ funcname, over }: NodeOf<'FuncCall'>) =>
    over === undefined && SORTING.has(calledName(funcname));
  const found = findNodes(expression, 'FuncCall').filter(isSorting);
  if (found.length < 2) return [];
  const inner = new Set(findNodes(expression, 'SubLink').flatMap((link) => findNodes(link, 'FuncCall')));
  return found.filter((call) => !inner.has(call));
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
    FuncCall: ({ funcname, args = [], location }, { block, report, statement }) => {
      const [argument] = args;
      if (calledName(funcname) !== 'avg' || argument === undefined) return;
      if (!isKnownAs('integer', argument, block, statement.declaredTypes)) return;
      report(location, {
        message: 'Redshift cuts the average of whole numbers to a whole number.',
        hint: 'Write avg(x * 1.0), or avg({{cast_to "x" "numeric(18,4)"}}).',
      });
    },
  },
};
