import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { anyOf, lines } from '../layout.ts';

const count = z.int().min(0);
const schema = z
  .strictObject({ min_value: count.optional(), max_value: count.optional() })
  .refine((range) => range.min_value !== undefined || range.max_value !== undefined, {
    error: 'needs min_value, max_value or both',
  });

/** `row_count_between`: the relation has neither too few nor too many rows. */
export const rowCountBetween = {
  name: 'row_count_between',
  doc: 'The relation has at least `min_value` and at most `max_value` rows; one of them may be left out.',
  column: 'never',
  relationArguments: [],
  schema,
  sql: ({ tested, arguments: { min_value: low, max_value: high } }) => {
    const outside = [
      ...(low === undefined ? [] : [`count(*) < ${low}`]),
      ...(high === undefined ? [] : [`count(*) > ${high}`]),
    ];
    return lines('select count(*) as row_count', `from ${tested()}`, anyOf('having', outside));
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
