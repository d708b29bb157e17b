import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { rowsOfOtherForm } from '../text-form.ts';

const PATTERN = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/** `valid_uuid`: the texts of the column are UUIDs. */
export const validUuid = {
  name: 'valid_uuid',
  doc: 'Every text of the column is a UUID of any version: 32 hex digits in groups of 8, 4, 4, 4 and 12. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema: z.strictObject({}),
  finds: (call) => rowsOfOtherForm(call, PATTERN),
} satisfies GenericTestDefinition;
