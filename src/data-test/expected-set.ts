import type { GenericTestCall } from './generic-test.ts';
import { indented } from './layout.ts';
import { listedValues, type ValueList } from './value-list.ts';

/** The values of a list and of a column for which `having` holds over `expected` and `found`, each 0 or 1. */
export function expectedSet(
  { column, tested, dialect, arguments: list }: GenericTestCall<ValueList>,
  having: string,
): string {
  const [first, ...rest] = listedValues(list, dialect);
  const expected = [
    `select ${first} as value, 1 as expected, 0 as found`,
    ...rest.map((value) => `select ${value}, 1, 0`),
  ];
  return `\
select value, max(expected) as expected, max(found) as found
from (
${indented(expected.join('\nunion all\n'))}
  union all
  select distinct ${column}, 0, 1
  from ${tested('', '  ')}
  where ${column} is not null
) as listed
group by value
having ${having}`;
}
