import { z } from 'zod';
import { columnNames, comparedColumns } from '../column-list.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(columnNames);

/** `columns_match_set`: the relation has all of the listed columns, and no other. */
export const columnsMatchSet = {
  name: 'columns_match_set',
  aliases: [{ name: 'expect_table_columns_to_match_set' }],
  doc: 'The relation has all columns of `column_list` and no other, in any order. Capitals do not count.',
  column: 'never',
  relationArguments: [],
  readsCatalog: true,
  schema,
  sql: (call) => comparedColumns(call, 'count(expected) <> count(found)'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
