import { columnList } from './argument.ts';
import { type Bounds, bounds, outside } from './bounds.ts';
import type { FailingAggregate } from './finding.ts';
import type { GenericTestCall } from './generic-test.ts';

/** The arguments of a test on an aggregate: a range, and the groups in which it holds. */
export const aggregateArguments = { ...bounds, group_by_columns: columnList.optional() };

/** What the paragraphs of such tests end with. */
export const AGGREGATE_DOC =
  'lies between `min_value` and `max_value`, of which one may be left out, in every group of `group_by_columns`. The bounds belong to the range unless `inclusive: false`. An aggregate that is NULL passes, as that of an empty relation is.';

interface AggregateBounds extends Bounds {
  readonly group_by_columns?: readonly string[] | undefined;
}

/** The groups in which an aggregate of the column lies outside a range; the result's column is called `name`. */
export function aggregateInRange(
  { column, arguments: range }: GenericTestCall<AggregateBounds>,
  name: string,
  aggregate: (value: string) => string,
): FailingAggregate {
  return {
    kind: 'aggregate',
    by: range.group_by_columns,
    name,
    aggregate: (rows) => aggregate(rows.value(column)),
    conditions: (measured) => outside(measured, range),
  };
}
