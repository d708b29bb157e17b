import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `stddev_in_range`: the standard deviation of the column lies between two bounds. */
export const stddevInRange = {
  name: 'stddev_in_range',
  aliases: [
    {
      name: 'expect_column_stdev_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The standard deviation of the column, that of a sample, ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) =>
    aggregateInRange(
      call,
      'standard_deviation',
      (value) => `stddev_samp(${call.dialect.cast(value, { kind: 'double' })})`,
    ),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
