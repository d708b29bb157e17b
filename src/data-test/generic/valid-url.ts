import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { rowsOfOtherForm } from '../text-form.ts';

const PATTERN = '^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?([/?#][^[:space:]]*)?$';

/** `valid_url`: the texts of the column are web addresses. */
export const validUrl = {
  name: 'valid_url',
  doc: 'Every text of the column is an address that begins with `http://` or `https://`, names a host, and holds no white space. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema: z.strictObject({}),
  finds: (call) => rowsOfOtherForm(call, PATTERN),
} satisfies GenericTestDefinition;
