import { z } from 'zod';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ column_a: z.string().min(1), column_b: z.string().min(1) });

/** `pair_equal`: two columns are equal in every row. */
export const pairEqual = {
  name: 'pair_equal',
  aliases: [
    {
      name: 'expect_column_pair_values_to_be_equal',
      arguments: { column_A: 'column_a', column_B: 'column_b' },
    },
  ],
  doc: 'In every row `column_a` equals `column_b`; either may be an expression. Two NULLs are equal, one is not.',
  column: 'never',
  relationArguments: [],
  schema,
  finds: ({ dialect, arguments: { column_a, column_b } }) => {
    const [a, b] = [columnExpression(column_a, dialect), columnExpression(column_b, dialect)];
    const onlyOneIsNull = [`(${a} is null and ${b} is not null)`, `(${a} is not null and ${b} is null)`];
    return { kind: 'rows', conditions: [`${a} <> ${b}`, ...onlyOneIsNull] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
