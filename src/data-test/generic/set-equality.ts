import { z } from 'zod';
import { columnExpression } from '../column-name.ts';
import { countedSides, sideColumn } from '../counted-sides.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ to: z.string(), field: z.string().min(1) });

/** `set_equality`: the column holds the same values as a column of another relation. */
export const setEquality = {
  name: 'set_equality',
  doc: 'The column holds the same values as column `field` of the relation `to`, however often: none is missing on either side. NULLs are not compared.',
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
          where: `${column} is not null`,
        },
        {
          name: 'compared',
          from: relation('to'),
          groups: sideColumn(field, 'value', dialect),
          where: `${columnExpression(field, dialect)} is not null`,
        },
      ],
      'sum(tested_rows) = 0\n  or sum(compared_rows) = 0',
    ),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
