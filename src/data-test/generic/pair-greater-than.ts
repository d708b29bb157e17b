import { z } from 'zod';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({
  column_a: z.string().min(1),
  column_b: z.string().min(1),
  or_equal: z.boolean().default(false),
});

/** `pair_greater_than`: one column is greater than another in every row. */
export const pairGreaterThan = {
  name: 'pair_greater_than',
  aliases: [
    {
      name: 'expect_column_pair_values_A_to_be_greater_than_B',
      arguments: { column_A: 'column_a', column_B: 'column_b' },
    },
  ],
  doc: 'In every row `column_a` is greater than `column_b`, or with `or_equal` at least as great. Either may be an expression. A row in which one is NULL passes.',
  column: 'never',
  relationArguments: [],
  schema,
  finds: ({ dialect, arguments: { column_a, column_b, or_equal } }) => {
    const [a, b] = [columnExpression(column_a, dialect), columnExpression(column_b, dialect)];
    return { kind: 'rows', conditions: [`${a} ${or_equal ? '<' : '<='} ${b}`] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
