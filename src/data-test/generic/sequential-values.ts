import { z } from 'zod';
import { columnList, datePart } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { neighbours } from '../neighbours.ts';
import { isNotNext } from '../next-moment.ts';

const schema = z.strictObject({
  interval: z.int().min(1).default(1),
  datepart: datePart.optional(),
  group_by_columns: columnList.optional(),
});

/** `sequential_values`: the column counts on without a gap. */
export const sequentialValues = {
  name: 'sequential_values',
  doc: 'In its own order each value of the column is `interval` more than the one before, in every group of `group_by_columns`. With a `datepart` it is so many of those later, and the end of a month follows that of another. A value that stands twice fails; NULLs are not looked at.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => {
    const { interval, datepart } = call.arguments;
    const moments = { next: 'current_value', previous: 'previous_value' };
    const wrong =
      datepart === undefined
        ? `current_value <> previous_value + ${interval}`
        : isNotNext(call, moments, datepart, interval);
    return neighbours(call, wrong);
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
