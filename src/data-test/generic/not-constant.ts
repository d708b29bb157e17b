import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';
import { groupBy, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({ group_by_columns: columnList.optional() });

/** `not_constant`: the column does not hold one value everywhere. */
export const notConstant = {
  name: 'not_constant',
  doc: 'The column does not hold one and the same value in all rows, in any group of `group_by_columns`. NULLs are not looked at; nothing but NULLs passes.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, arguments: { group_by_columns }, dialect }) => {
    const groups = groupColumns(group_by_columns, dialect);
    return lines(
      'select',
      selectItems([...groups.items, 'count(*) as row_count']),
      `from ${tested()}`,
      groupBy(groups.expressions),
      `having count(distinct ${column}) = 1`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
