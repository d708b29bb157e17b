import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';
import { groupBy, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({ group_by_columns: columnList.optional() });

/** `at_least_one`: the column holds a value somewhere. */
export const atLeastOne = {
  name: 'at_least_one',
  doc: 'The column holds a value in at least one row, in every group of `group_by_columns`. An empty relation fails.',
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
      `having count(${column}) = 0`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
