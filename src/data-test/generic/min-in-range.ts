import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(aggregateArguments).refine(...someBound);

/** `min_in_range`: the smallest value of the column lies between two bounds. */
export const minInRange = {
  name: 'min_in_range',
  aliases: [
    {
      name: 'expect_column_min_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The smallest value of the column ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => aggregateInRange(call, 'smallest', (value) => `min(${value})`),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
