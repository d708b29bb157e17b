import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ group_by_columns: columnList.optional() });

/** `not_constant`: the column does not hold one value everywhere. */
export const notConstant = {
  name: 'not_constant',
  doc: 'The column does not hold one and the same value in all rows, in any group of `group_by_columns`. NULLs are not looked at; nothing but NULLs passes.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: { group_by_columns } }) => ({
    kind: 'groups',
    by: group_by_columns,
    sorts: true,
    items: (rows) => [`${rows.count} as row_count`],
    conditions: (rows) => [`count(distinct ${rows.value(column)}) = 1`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
