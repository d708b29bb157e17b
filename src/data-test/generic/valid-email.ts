import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { rowsOfOtherForm } from '../text-form.ts';

const PATTERN =
  '^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$';

/** `valid_email`: the texts of the column are e-mail addresses. */
export const validEmail = {
  name: 'valid_email',
  doc: 'Every text of the column looks like an e-mail address: a name, one `@`, and a domain of two or more labels. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema: z.strictObject({}),
  finds: (call) => rowsOfOtherForm(call, PATTERN),
} satisfies GenericTestDefinition;
