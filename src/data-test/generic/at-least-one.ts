import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ group_by_columns: columnList.optional() });

/** `at_least_one`: the column holds a value somewhere. */
export const atLeastOne = {
  name: 'at_least_one',
  doc: 'The column holds a value in at least one row, in every group of `group_by_columns`. An empty relation fails.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: { group_by_columns } }) => ({
    kind: 'groups',
    by: group_by_columns,
    items: (rows) => [`${rows.count} as row_count`],
    conditions: (rows) => [`count(${rows.value(column)}) = 0`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
