import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';

/** `unique`: no value of the column stands in two rows. */
export const unique = {
  name: 'unique',
  aliases: [{ name: 'expect_column_values_to_be_unique' }, { name: 'unique_values' }],
  doc: 'No value of the column stands in two rows. NULLs are not compared; add `not_null` where there must be none.',
  column: 'required',
  relationArguments: [],
  schema: z.strictObject({}),
  sql: ({ column, tested }) => `\
select
  ${column},
  count(*) as occurrences
from ${tested()}
where ${column} is not null
group by ${column}
having count(*) > 1`,
} satisfies GenericTestDefinition;
