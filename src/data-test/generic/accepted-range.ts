import { z } from 'zod';
import { bounds, outside, someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(bounds).refine(...someBound);

/** `accepted_range`: the column lies between two bounds. */
export const acceptedRange = {
  name: 'accepted_range',
  aliases: [{ name: 'expect_column_values_to_be_between', arguments: { strictly: 'not inclusive' } }],
  doc: 'The column lies between `min_value` and `max_value`, numbers or SQL expressions, of which one may be left out. The bounds belong to the range unless `inclusive: false`. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: range }) => ({ kind: 'rows', conditions: outside(column, range) }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
