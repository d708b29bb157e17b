import { z } from 'zod';
import { sqlValue } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { anyOf, lines } from '../layout.ts';

const schema = z
  .strictObject({
    min_value: sqlValue.optional(),
    max_value: sqlValue.optional(),
    inclusive: z.boolean().default(true),
  })
  .refine((range) => range.min_value !== undefined || range.max_value !== undefined, {
    error: 'needs min_value, max_value or both',
  });

/** `accepted_range`: the column lies between two bounds. */
export const acceptedRange = {
  name: 'accepted_range',
  doc: 'The column lies between `min_value` and `max_value`, numbers or SQL expressions, of which one may be left out. The bounds belong to the range unless `inclusive: false`. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, arguments: { min_value: low, max_value: high, inclusive } }) => {
    const outside = [
      ...(low === undefined ? [] : [`${column} ${inclusive ? '<' : '<='} ${low}`]),
      ...(high === undefined ? [] : [`${column} ${inclusive ? '>' : '>='} ${high}`]),
    ];
    return lines('select *', `from ${tested()}`, anyOf('where', outside));
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
