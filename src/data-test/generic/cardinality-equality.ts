import { z } from 'zod';
import { countedSides, sideColumn } from '../counted-sides.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ to: z.string(), field: z.string().min(1) });

/** `cardinality_equality`: every value stands in as many rows as in another relation. */
export const cardinalityEquality = {
  name: 'cardinality_equality',
  doc: 'Every value of the column, NULL too, stands in as many rows as it does in column `field` of the relation `to`.',
  column: 'required',
  relationArguments: ['to'],
  schema,
  sql: ({ column, tested, relation, arguments: { field }, dialect }) =>
    countedSides(
      ['value'],
      [
        {
          name: 'tested',
          from: tested('', '  '),
          groups: { expressions: [column], items: [`${column} as value`] },
        },
        { name: 'compared', from: relation('to'), groups: sideColumn(field, 'value', dialect) },
      ],
      'sum(tested_rows) <> sum(compared_rows)',
    ),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
