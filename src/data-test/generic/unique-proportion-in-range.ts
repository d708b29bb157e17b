import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `unique_proportion_in_range`: the share of different values lies between two bounds. */
export const uniqueProportionInRange = {
  name: 'unique_proportion_in_range',
  aliases: [
    {
      name: 'expect_column_proportion_of_unique_values_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The number of different values of the column, divided by the number of its values, ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => ({
    ...aggregateInRange(call, 'unique_proportion', (value) =>
      call.macro('safe_divide', `count(distinct ${value})`, `count(${value})`),
    ),
    sorts: true,
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
