import { z } from 'zod';
import { columnList } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { anyOf, groupBy, lines, selectItems } from '../layout.ts';

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
  sql: ({ column, tested, arguments: { at_least: least, at_most: most, group_by_columns }, dialect }) => {
    const groups = (group_by_columns ?? []).map((group) => columnExpression(group, dialect));
    const outside = [
      `count(${column}) < ${least} * count(*)`,
      ...(most === undefined ? [] : [`count(${column}) > ${most} * count(*)`]),
    ];
    return lines(
      'select',
      selectItems([...groups, 'count(*) as row_count', `count(${column}) as not_null_count`]),
      `from ${tested()}`,
      groupBy(groups),
      anyOf('having', outside),
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
