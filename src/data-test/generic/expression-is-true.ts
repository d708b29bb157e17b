import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { withoutComments } from '../sql-expression.ts';

const condition = z.string().min(1);
const schema = z.strictObject({
  expression: z
    .union([condition, z.array(condition).min(1)], { error: 'must be a condition or a list of conditions' })
    .transform((conditions) => (typeof conditions === 'string' ? [conditions] : conditions)),
});

/** `expression_is_true`: SQL conditions hold in every row. */
export const expressionIsTrue = {
  name: 'expression_is_true',
  aliases: [{ name: 'forall', arguments: { criteria: 'expression' } }],
  doc: 'The condition holds in every row, or each of a list of conditions; where it is NULL the row passes. Under a column the condition goes on from the column: `expression: ">= 0"`.',
  column: 'optional',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: { expression }, dialect }) => ({
    kind: 'rows',
    conditions: expression.map(
      (part) => `not (${[column, withoutComments(part, dialect)].join(' ').trim()})`,
    ),
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
