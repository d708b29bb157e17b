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
  finds: ({ column, arguments: { trim_whitespace } }) => ({
    kind: 'rows',
    conditions: [`${trim_whitespace ? `trim(${column})` : column} = ''`],
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
