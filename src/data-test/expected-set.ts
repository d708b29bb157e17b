import type { GenericTestCall } from './generic-test.ts';
import { listedValues, type ValueList } from './value-list.ts';

/**
 * The values of a list that a column has not, and if `others` fail too, those of the column that are not listed. A listed value
 * is only ever held against the column, whose type it takes.
 */
export function expectedSet(
  { column, tested, dialect, arguments: list }: GenericTestCall<ValueList>,
  others: 'may be' | 'fail',
): string {
  const values = listedValues(list, dialect);
  const missing = values.map(
    (value) => `\
select ${value} as value, 1 as expected, 0 as found
where not exists (select 1 from held where value = ${value})`,
  );
  const unexpected = `\
select value, 0 as expected, 1 as found
from held
where value not in (${values.join(', ')})`;
  return `\
with held as (
  select distinct ${column} as value
  from ${tested('', '  ')}
  where ${column} is not null
)
${[...(others === 'fail' ? [unexpected] : []), ...missing].join('\nunion all\n')}`;
}
