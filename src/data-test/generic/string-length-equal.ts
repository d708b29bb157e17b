import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ value: z.int().min(0) });

/** `string_length_equal`: all texts of the column have one length. */
export const stringLengthEqual = {
  name: 'string_length_equal',
  aliases: [{ name: 'expect_column_value_lengths_to_equal' }],
  doc: 'Every text of the column has exactly `value` characters. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, macro, arguments: { value } }) => ({
    kind: 'rows',
    conditions: [`${macro('string_length', column)} <> ${value}`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
