import { z } from 'zod';
import { columnNames, comparedColumns } from '../column-list.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject(columnNames);

/** `columns_contain_set`: the relation has all of the listed columns. */
export const columnsContainSet = {
  name: 'columns_contain_set',
  aliases: [{ name: 'expect_table_columns_to_contain_set' }],
  doc: 'The relation has all columns of `column_list`; it may have others. Capitals do not count.',
  column: 'never',
  relationArguments: [],
  readsCatalog: true,
  schema,
  sql: (call) => comparedColumns(call, 'count(found) = 0'),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
