import { z } from 'zod';
import { columnName } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { filtered } from '../layout.ts';

const condition = z.string().min(1).optional();
const schema = z.strictObject({
  to: z.string(),
  field: z.string().min(1),
  from_condition: condition,
  to_condition: condition,
});

/** `relationships_where`: values of some rows are found in some rows of another relation. */
export const relationshipsWhere = {
  name: 'relationships_where',
  doc: 'In the rows for which `from_condition` holds, every value of the column is found in column `field` of those rows of the relation `to` for which `to_condition` holds. Either condition may be left out. NULLs pass.',
  column: 'required',
  relationArguments: ['to'],
  schema,
  sql: ({ column, tested, relation, arguments: { field, from_condition, to_condition }, dialect }) => {
    const child =
      from_condition === undefined
        ? tested('child')
        : filtered(tested('', '  '), from_condition, 'child', '');
    return `\
select child.*
from ${child}
left join ${filtered(relation('to'), to_condition, 'parent', '')}
  on child.${column} = parent.${columnName(field, dialect)}
where child.${column} is not null
  and parent.${columnName(field, dialect)} is null`;
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
