import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `sum_in_range`: the sum of the column lies between two bounds. */
export const sumInRange = {
  name: 'sum_in_range',
  aliases: [
    {
      name: 'expect_column_sum_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The sum of the column ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => aggregateInRange(call, 'total', (value) => `sum(${value})`),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
