import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { withoutComments } from '../sql-expression.ts';

const schema = z.strictObject({ expression: z.string().min(1) });

/** `expression_is_true`: an SQL condition holds in every row. */
export const expressionIsTrue = {
  name: 'expression_is_true',
  doc: 'The condition holds in every row; where it is NULL the row passes. Under a column the condition goes on from the column: `expression: ">= 0"`.',
  column: 'optional',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: { expression }, dialect }) => ({
    kind: 'rows',
    conditions: [`not (${[column, withoutComments(expression, dialect)].join(' ').trim()})`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
