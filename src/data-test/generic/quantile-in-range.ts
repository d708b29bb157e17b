import { z } from 'zod';
import { AGGREGATE_DOC, aggregateArguments, aggregateInRange } from '../aggregate-in-range.ts';
import { someBound } from '../bounds.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z
  .strictObject({ quantile: z.number().min(0).max(1), ...aggregateArguments })
  .refine(...someBound);

/** `quantile_in_range`: a quantile of the column lies between two bounds. */
export const quantileInRange = {
  name: 'quantile_in_range',
  aliases: [
    {
      name: 'expect_column_quantile_values_to_be_between',
      arguments: { strictly: 'not inclusive', group_by: 'group_by_columns' },
    },
  ],
  doc: `The \`quantile\` of the column, from 0 to 1 and between two values where it falls between them, ${AGGREGATE_DOC}`,
  column: 'required',
  relationArguments: [],
  schema,
  finds: (call) => ({
    ...aggregateInRange(call, 'quantile', (value) =>
      call.macro('percentile', value, call.arguments.quantile),
    ),
    sorts: true,
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
