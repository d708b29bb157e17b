import { columnExpression } from './column-name.ts';
import type { GenericTestCall } from './generic-test.ts';
import { groupColumns } from './group-columns.ts';
import { indented, lines, selectItems } from './layout.ts';

interface Order {
  readonly sort_column?: string | undefined;
  readonly group_by_columns?: readonly string[] | undefined;
}

/**
 * The rows whose `current_value` stands wrongly behind the `previous_value`, NULLs left out, in the order of `sort_column`
 * or of the values themselves, in every group of `group_by_columns`.
 */
export function neighbours(
  { column, tested, dialect, arguments: order }: GenericTestCall<Order>,
  wrong: string,
): string {
  const groups = groupColumns(order.group_by_columns, dialect, ['current_value', 'previous_value']);
  const sort = order.sort_column === undefined ? column : columnExpression(order.sort_column, dialect);
  const sortItem = sort === column ? [] : [`${sort} as sorted_by`];
  const previous = `lag(${column}) over (${groups.partition}order by ${sort}) as previous_value`;
  return lines(
    'select *',
    'from (',
    '  select',
    indented(selectItems([...groups.items, ...sortItem, `${column} as current_value`, previous])),
    `  from ${tested('', '  ')}`,
    `  where ${column} is not null`,
    ') as steps',
    `where ${wrong}`,
  );
}
