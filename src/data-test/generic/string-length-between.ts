import { z } from 'zod';
import { outside, someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const length = z.int().min(0);
const schema = z
  .strictObject({ min_value: length.optional(), max_value: length.optional() })
  .refine(...someBound);

/** `string_length_between`: the texts of the column are neither too short nor too long. */
export const stringLengthBetween = {
  name: 'string_length_between',
  aliases: [{ name: 'expect_column_value_lengths_to_be_between' }],
  doc: 'Every text of the column has at least `min_value` and at most `max_value` characters; one of them may be left out. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, macro, arguments: { min_value: least, max_value: most } }) => ({
    kind: 'rows',
    conditions: outside(macro('string_length', column), {
      min_value: least?.toString(),
      max_value: most?.toString(),
    }),
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
