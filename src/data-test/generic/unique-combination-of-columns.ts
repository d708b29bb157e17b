import { z } from 'zod';
import { columnList } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupBy, selectItems } from '../layout.ts';

const schema = z.strictObject({ combination_of_columns: columnList });

/** `unique_combination_of_columns`: no two rows agree in all of the columns. */
export const uniqueCombinationOfColumns = {
  name: 'unique_combination_of_columns',
  aliases: [
    { name: 'expect_compound_columns_to_be_unique', arguments: { column_list: 'combination_of_columns' } },
  ],
  doc: 'No two rows agree in all of `combination_of_columns`, which may be columns or expressions. Two NULLs agree.',
  column: 'never',
  relationArguments: [],
  schema,
  sql: ({ tested, arguments: { combination_of_columns }, dialect }) => {
    const columns = combination_of_columns.map((column) => columnExpression(column, dialect));
    return `\
select
${selectItems([...columns, 'count(*) as occurrences'])}
from ${tested()}
${groupBy(columns)}
having count(*) > 1`;
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
