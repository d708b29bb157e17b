import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';

/** `not_null`: the column holds no NULL. */
export const notNull = {
  name: 'not_null',
  aliases: [{ name: 'expect_column_values_to_not_be_null' }],
  doc: 'The column holds no NULL. The failing rows are shown whole.',
  column: 'required',
  relationArguments: [],
  schema: z.strictObject({}),
  finds: ({ column }) => ({ kind: 'rows', conditions: [`${column} is null`] }),
} satisfies GenericTestDefinition;
