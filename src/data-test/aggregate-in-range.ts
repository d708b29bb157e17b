import { columnList } from './argument.ts';
import { type Bounds, bounds, outside } from './bounds.ts';
import type { GenericTestCall } from './generic-test.ts';
import { groupColumns } from './group-columns.ts';
import { anyOf, groupBy, indented, lines, selectItems } from './layout.ts';

/** The arguments of a test on an aggregate: a range, and the groups in which it holds. */
export const aggregateArguments = { ...bounds, group_by_columns: columnList.optional() };

/** What the paragraphs of such tests end with. */
export const AGGREGATE_DOC =
  'lies between `min_value` and `max_value`, of which one may be left out, in every group of `group_by_columns`. The bounds belong to the range unless `inclusive: false`. An aggregate that is NULL passes, as that of an empty relation is.';

interface AggregateBounds extends Bounds {
  readonly group_by_columns?: readonly string[] | undefined;
}

/** The groups in which an aggregate lies outside a range; the result's column is called `name`. */
export function aggregateInRange(
  { tested, dialect, arguments: range }: GenericTestCall<AggregateBounds>,
  name: string,
  aggregate: string,
): string {
  const groups = groupColumns(range.group_by_columns, dialect);
  return lines(
    'select *',
    'from (',
    '  select',
    indented(selectItems([...groups.items, `${aggregate} as ${name}`])),
    `  from ${tested('', '  ')}`,
    groupBy(groups.expressions, '  '),
    ') as measured',
    anyOf('where', outside(name, range)),
  );
}
