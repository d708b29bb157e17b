import { z } from 'zod';
import type { GenericTestCall } from './generic-test.ts';
import { indented } from './layout.ts';

/** The arguments of a test that lists all columns. */
export const columnNames = { column_list: z.array(z.string().min(1)).min(1) };

type Call = GenericTestCall<{ readonly column_list: readonly string[] }>;

/**
 * The columns of a list and of the tested relation for which `having` holds over `expected` and `found`: the places, from 1,
 * in the list and in the relation, or NULL. Names are compared in lower case.
 */
export function comparedColumns(
  { arguments: { column_list }, columns, dialect }: Call,
  having: string,
): string {
  const expected = column_list.map((name, index) => {
    const literal = dialect.literal(name.toLowerCase());
    return index === 0
      ? `select ${literal} as column_name, 1 as expected, cast(null as integer) as found`
      : `select ${literal}, ${index + 1}, null`;
  });
  return `\
select column_name, max(expected) as expected, max(found) as found
from (
${indented(expected.join('\nunion all\n'))}
  union all
  select lower(column_name), null, ordinal
  from (
${indented(indented(columns()))}
  ) as catalog_columns
) as listed
group by column_name
having ${having}`;
}
