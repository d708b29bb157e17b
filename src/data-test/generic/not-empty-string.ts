import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ trim_whitespace: z.boolean().default(true) });

/** `not_empty_string`: no text of the column is empty. */
export const notEmptyString = {
  name: 'not_empty_string',
  doc: 'No text of the column is empty, nor made of spaces only unless `trim_whitespace: false`. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, macro, arguments: { trim_whitespace } }) => ({
    kind: 'rows',
    // Redshift takes no heed of blanks at the end when it compares texts, but counts them.
    conditions: [trim_whitespace ? `trim(${column}) = ''` : `${macro('string_length', column)} = 0`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
