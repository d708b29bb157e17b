import type { Dialect } from '../dialect/dialect.ts';
import { columnExpression, isPlain } from './column-name.ts';

/** The columns by which a test's rows are grouped, as SQL. */
export interface GroupColumns {
  /** As they stand behind `group by` and `partition by`. */
  readonly expressions: readonly string[];
  /** As they stand in a select list: an expression gets a name. */
  readonly items: readonly string[];
  /** As a query around that one calls them. */
  readonly names: readonly string[];
  /** `partition by slice `, for the start of a window; nothing for no columns. */
  readonly partition: string;
}

/**
 * Reads `group_by_columns`: a column keeps its name, an expression is called by its place, `group_2`, as is a column whose name
 * is one of the query's `own`.
 */
export function groupColumns(
  written: readonly string[] | undefined,
  dialect: Dialect,
  own: readonly string[] = [],
): GroupColumns {
  const expressions = (written ?? []).map((column) => columnExpression(column, dialect));
  const names = (written ?? []).map((column, index) => {
    const name = isPlain(column.trim()) ? columnExpression(column, dialect) : undefined;
    return name === undefined || own.includes(name) ? `group_${index + 1}` : name;
  });
  return {
    expressions,
    names,
    items: expressions.map((expression, index) => named(expression, names[index])),
    partition: expressions.length === 0 ? '' : `partition by ${expressions.join(', ')} `,
  };
}

function named(expression: string, name: string | undefined): string {
  return name === undefined || name === expression ? expression : `${expression} as ${name}`;
}
