import type { Node } from 'libpg-query';
import { calledName, namesOf } from '../called-name.ts';
import { asNode, locationWithin, type NodeOf } from '../pg-tree.ts';
import type { PortabilityRule, RuleContext } from '../rule.ts';
import { isUntypedColumn, selectedItem } from '../untyped-column.ts';

/**
 * `with s as (select id, 'web' as channel from t) select … from s order by channel`. Redshift says “failed to find conversion
 * function from "unknown" to text” (OHDSI/SqlRender#66 and #192, calogica/dbt-expectations#98, #99 and #130,
 * fleetio/dbt-segment#16, snowplow/dbt-snowplow-attribution#9).
 */
export const untypedLiteral: PortabilityRule = {
  code: 'PRT-156',
  severity: 'error',
  what: 'Literals of subqueries used without a cast',
  why: 'A bare string or NULL that a common table or subquery selects has no type: such a column is not sorted, grouped, compared or cast.',
  page: 'r_CAST_function',
  nodes: {
    TypeCast: ({ arg }, context) => refuse([arg], 'cast it', context),
    A_Expr: ({ lexpr, rexpr }, context) =>
      refuse([lexpr, ...(asNode(rexpr, 'List')?.items ?? [rexpr])], 'compute and compare with it', context),
    WindowDef: ({ partitionClause = [], orderClause = [] }, context) => {
      refuse(partitionClause, 'partition by it', context);
      refuse(orderClause.map(sorted), 'order by it', context);
    },
    SelectStmt: (select, context) => {
      const { sortClause = [], groupClause = [], distinctClause, larg } = select;
      if (larg !== undefined) return;
      refuse(
        sortClause.map((item) => selectedItem(sorted(item), select, true)),
        'order by it',
        context,
      );
      refuse(
        groupClause.map((item) => selectedItem(item, select, false)),
        'group by it',
        context,
      );
      if (distinctClause !== undefined) refuse(selectedBy(select), 'make it distinct', context);
    },
    FuncCall: ({ funcname, args = [] }, context) => {
      const name = calledName(funcname);
      if (EXTREMES.has(name)) refuse(args, `give the ${name}() of it`, context);
    },
  },
};

const EXTREMES = new Set(['min', 'max']);
/** They take a value of any type, also of none. */
const OF_ANY_TYPE = new Set(['count', ...EXTREMES]);

/** `coalesce(note, 'none')`, `upper(channel)`, a branch of UNION. */
export const untypedArgument: PortabilityRule = {
  code: 'PRT-157',
  severity: 'warning',
  what: 'Literals of subqueries as arguments',
  why: 'A bare string or NULL that a common table or subquery selects has no type, and may not become that of an argument, of a CASE or of a UNION.',
  page: 'r_CAST_function',
  nodes: {
    FuncCall: ({ funcname, args = [] }, context) => {
      const name = calledName(funcname);
      if (!OF_ANY_TYPE.has(name)) refuse(args, `give it to ${name}()`, context);
    },
    CoalesceExpr: ({ args = [] }, context) => refuse(args, 'take it in coalesce()', context),
    MinMaxExpr: ({ args = [] }, context) => refuse(args, 'compare it', context),
    CaseExpr: ({ args = [], defresult }, context) =>
      refuse(
        [...args.map((one) => asNode(one, 'CaseWhen')?.result), defresult],
        'give it from CASE',
        context,
      ),
    SelectStmt: (select, context) => {
      if (
        select.larg === undefined &&
        context.above.at(-1)?.tag === 'SelectStmt' &&
        isBranch(select, context)
      )
        refuse(selectedBy(select), 'join it to the rows of another query', context);
    },
  },
};

function isBranch(select: NodeOf<'SelectStmt'>, { block }: RuleContext): boolean {
  return block?.outer?.select.larg === select || block?.outer?.select.rarg === select;
}

function sorted(item: Node): Node {
  return asNode(item, 'SortBy')?.node ?? item;
}

function selectedBy({ targetList = [] }: NodeOf<'SelectStmt'>): readonly (Node | undefined)[] {
  return targetList.map((target) => asNode(target, 'ResTarget')?.val);
}

function refuse(
  nodes: readonly (Node | undefined)[],
  use: string,
  { block, report }: Pick<RuleContext, 'block' | 'report'>,
): void {
  for (const node of nodes) {
    if (!isUntypedColumn(node, block)) continue;
    const column = namesOf(asNode(node, 'ColumnRef')?.fields).at(-1) ?? '';
    report(locationWithin(node), {
      message: `The literal that is selected as "${column}" has no type on Redshift, which cannot ${use}.`,
      hint: `Cast it where it is selected: cast('…' as varchar) as ${column}.`,
    });
  }
}
