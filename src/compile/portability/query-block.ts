import type { Node } from 'libpg-query';
import { asNode, type NodeOf, type TreePlace } from './pg-tree.ts';
import type { QueryBlock } from './rule.ts';

/** The query blocks around the node that is being visited. */
export class BlockStack {
  innermost: QueryBlock | undefined;

  enter({ tag, node }: TreePlace, above: readonly TreePlace[]): void {
    if (tag === 'SelectStmt') this.innermost = blockOf(node as NodeOf<'SelectStmt'>, above, this.innermost);
  }

  leave({ tag }: TreePlace): void {
    if (tag === 'SelectStmt') this.innermost = this.innermost?.outer;
  }
}

function blockOf(
  select: NodeOf<'SelectStmt'>,
  above: readonly TreePlace[],
  outer: QueryBlock | undefined,
): QueryBlock {
  const holder = above.at(-1);
  const link = holder?.tag === 'SubLink' ? (holder.node as NodeOf<'SubLink'>) : undefined;
  return {
    select,
    outer,
    names: new Set((select.fromClause ?? []).flatMap(namesOf)),
    link,
    inOuterJoin: link !== undefined && standsInOuterJoin(above),
    isCommonTable: holder?.tag === 'CommonTableExpr',
  };
}

/** The names by which an item of a FROM list qualifies columns. */
function namesOf(item: Node): readonly string[] {
  const join = asNode(item, 'JoinExpr');
  if (join !== undefined) return [join.larg, join.rarg].flatMap((side) => (side ? namesOf(side) : []));
  const table = asNode(item, 'RangeVar');
  const name = table?.alias?.aliasname ?? table?.relname ?? asNode(item, 'RangeSubselect')?.alias?.aliasname;
  return name === undefined ? [] : [name.toLowerCase()];
}

/** Whether the ON condition of an outer join holds a place, with no query between. */
function standsInOuterJoin(above: readonly TreePlace[]): boolean {
  for (let index = above.length - 1; index > 0; index--) {
    const holder = above[index - 1];
    if (above[index]?.tag === 'SelectStmt') return false;
    if (holder?.tag === 'JoinExpr' && above[index]?.field === 'quals') {
      return (holder.node as NodeOf<'JoinExpr'>).jointype !== 'JOIN_INNER';
    }
  }
  return false;
}

/** How many query blocks a column's qualifier is away: 0 for a table of the same block; undefined where it is unknown. */
export function blocksAway(block: QueryBlock | undefined, column: NodeOf<'ColumnRef'>): number | undefined {
  const fields = column.fields ?? [];
  if (fields.length < 2) return undefined;
  const qualifier = asNode(fields[0], 'String')?.sval?.toLowerCase();
  let away = 0;
  for (let at = block; at !== undefined && qualifier !== undefined; at = at.outer) {
    if (at.names.has(qualifier)) return away;
    if (at.isCommonTable) return undefined;
    if (at.names.size > 0) away++;
  }
  return undefined;
}
