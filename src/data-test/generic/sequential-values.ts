import { z } from 'zod';
import { columnList, datePart } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { neighbours } from '../neighbours.ts';

const schema = z.strictObject({
  interval: z.int().min(1).default(1),
  datepart: datePart.optional(),
  group_by_columns: columnList.optional(),
});

/** `sequential_values`: the column counts on without a gap. */
export const sequentialValues = {
  name: 'sequential_values',
  doc: 'In its own order each value of the column is `interval` more than the one before, in every group of `group_by_columns`. With a `datepart` it is so many of those later. A value that stands twice fails; NULLs are not looked at.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => {
    const { interval, datepart } = call.arguments;
    const next =
      datepart === undefined
        ? `previous_value + ${interval}`
        : call.macro('dateadd', datepart, interval, 'previous_value');
    return neighbours(call, `current_value <> ${next}`);
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
