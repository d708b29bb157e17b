import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `mean_in_range`: the mean of the column lies between two bounds. */
export const meanInRange = {
  name: 'mean_in_range',
  aliases: [
    {
      name: 'expect_column_mean_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The mean of the column ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) =>
    aggregateInRange(call, 'mean', (value) => `avg(${call.dialect.cast(value, { kind: 'double' })})`),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
