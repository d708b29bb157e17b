import { z } from 'zod';
import { columnName } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({ to: z.string(), field: z.string().min(1) });

/** `relationships`: every value of the column is one of another relation's. */
export const relationships = {
  name: 'relationships',
  doc: 'Every value of the column is found in column `field` of the relation `to`. NULLs pass.',
  column: 'required',
  relationArguments: ['to'],
  schema,
  sql: ({ column, tested, relation, arguments: { field }, dialect }) => `\
select child.*
from ${tested('child')}
left join ${relation('to')} as parent
  on child.${column} = parent.${columnName(field, dialect)}
where child.${column} is not null
  and parent.${columnName(field, dialect)} is null`,
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
