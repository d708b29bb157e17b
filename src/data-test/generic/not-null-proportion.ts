import { z } from 'zod';
import { columnList } from '../argument.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const proportion = z.number().min(0).max(1);
const schema = z.strictObject({
  at_least: proportion,
  at_most: proportion.optional(),
  group_by_columns: columnList.optional(),
});

/** `not_null_proportion`: the share of rows in which the column is not NULL lies between two bounds. */
export const notNullProportion = {
  name: 'not_null_proportion',
  doc: 'The share of rows in which the column is not NULL is `at_least` (and `at_most`) so much, from 0 to 1, in every group of `group_by_columns`. An empty relation passes.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, arguments: { at_least: least, at_most: most, group_by_columns } }) => ({
    kind: 'groups',
    by: group_by_columns,
    items: (rows) => [`${rows.count} as row_count`, `count(${rows.value(column)}) as not_null_count`],
    conditions: (rows) => {
      const notNull = `count(${rows.value(column)})`;
      const tooMany = most === undefined ? [] : [`${notNull} > ${most} * ${rows.count}`];
      return [`${notNull} < ${least} * ${rows.count}`, ...tooMany];
    },
  }),
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
