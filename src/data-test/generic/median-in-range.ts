import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `median_in_range`: the median of the column lies between two bounds. */
export const medianInRange = {
  name: 'median_in_range',
  aliases: [
    {
      name: 'expect_column_median_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The median of the column ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => ({
    ...aggregateInRange(call, 'median', (value) => call.macro('median', value)),
    sorts: true,
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
