import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { neighbours } from '../neighbours.ts';

const schema = z.strictObject({
  sort_column: z.string().min(1),
  strictly: z.boolean().default(true),
  group_by_columns: columnList.optional(),
});

/** `increasing`: the column rises in an order. */
export const increasing = {
  name: 'increasing',
  aliases: [{ name: 'expect_column_values_to_be_increasing', arguments: { group_by: 'group_by_columns' } }],
  doc: 'In the order of `sort_column` each value of the column is larger than the one before, or with `strictly: false` not smaller, in every group of `group_by_columns`. NULLs are not looked at.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => neighbours(call, `current_value ${call.arguments.strictly ? '<=' : '<'} previous_value`),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
