import { z } from 'zod';
import { columnNames, comparedColumns } from '../column-list.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(columnNames);

/** `columns_match_ordered_list`: the relation has the listed columns in that order. */
export const columnsMatchOrderedList = {
  name: 'columns_match_ordered_list',
  aliases: [{ name: 'expect_table_columns_to_match_ordered_list' }],
  doc: 'The relation has all columns of `column_list` in that order, and no other. Capitals do not count.',
  column: 'never',
  relationArguments: [],
  readsCatalog: true,
  schema,
  sql: (call) => comparedColumns(call, 'count(expected) <> count(found)\n  or max(expected) <> max(found)'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
