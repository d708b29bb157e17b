import { z } from 'zod';
import { comparedColumns } from '../column-list.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

/** `column_exists`: the relation has the column. */
export const columnExists = {
  name: 'column_exists',
  aliases: [{ name: 'expect_column_to_exist' }],
  doc: 'The relation has the column. Capitals do not count.',
  column: 'required',
  relationArguments: [],
  readsCatalog: true,
  schema: z.strictObject({}),
  sql: (call) =>
    comparedColumns({ ...call, arguments: { column_list: [call.columnName] } }, 'count(found) = 0'),
} satisfies GenericTestDefinition;
