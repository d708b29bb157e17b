import type { GenericTestCall } from './generic-test.ts';
import { indented } from './layout.ts';
import { listedValues, type ValueList } from './value-list.ts';

/**
 * The values of a list and of a column for which `having` holds over `expected` and `found`, each 0 or 1. The column comes
 * first: texts behind it are read as values of its type, and texts of a list alone would be texts.
 */
export function expectedSet(
  { column, tested, dialect, arguments: list }: GenericTestCall<ValueList>,
  having: string,
): string {
  const expected = listedValues(list, dialect).map((value) => `select ${value}, 1, 0`);
  return `\
select value, max(expected) as expected, max(found) as found
from (
  select distinct ${column} as value, 0 as expected, 1 as found
  from ${tested('', '  ')}
  where ${column} is not null
  union all
${indented(expected.join('\nunion all\n'))}
) as listed
group by value
having ${having}`;
}
