import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `distinct_count_between`: the column holds so many different values. */
export const distinctCountBetween = {
  name: 'distinct_count_between',
  aliases: [
    {
      name: 'expect_column_unique_value_count_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The number of different values of the column ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => ({
    ...aggregateInRange(call, 'distinct_values', (value) => `count(distinct ${value})`),
    sorts: true,
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
