import { z } from 'zod';
import type { Dialect } from '../../dialect/dialect.ts';
import { columnList } from '../argument.ts';
import { columnExpression, isPlain } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { filtered, groupBy, indented, lines, selectItems } from '../layout.ts';

const schema = z
  .strictObject({
    compare_to: z.string(),
    expression: z.string().min(1),
    compare_expression: z.string().min(1).optional(),
    group_by: columnList.optional(),
    compare_group_by: columnList.optional(),
    compare_where: z.string().min(1).optional(),
    tolerance: z.number().min(0).default(0),
    missing_as_zero: z.boolean().default(false),
  })
  .refine(
    ({ group_by, compare_group_by }) =>
      compare_group_by === undefined || compare_group_by.length === group_by?.length,
    { error: 'needs as many compare_group_by as group_by', path: ['compare_group_by'] },
  );

/** `reconcile`: an aggregate agrees with an aggregate of another relation. */
export const reconcile = {
  name: 'reconcile',
  doc: 'The aggregate `expression` equals `compare_expression` (by default the same) over the relation `compare_to`, within `tolerance`, in every group of `group_by` (there: `compare_group_by`). `where` filters the tested relation, `compare_where` the other. A group that one side lacks fails, unless `missing_as_zero`.',
  column: 'never',
  relationArguments: ['compare_to'],
  schema,
  sql: ({ tested, relation, arguments: sides, dialect }) => {
    const groups = sides.group_by ?? [];
    const keys = groups.map((group, index) => keyName(group, index, dialect));
    const inGroup = `over (${keys.length === 0 ? '' : `partition by ${keys.join(', ')} `}order by side)`;
    const compared = filtered(relation('compare_to'), sides.compare_where, '', '    ');
    return lines(
      'select',
      selectItems([...keys, 'tested_value', 'compared_value']),
      'from (',
      '  select',
      indented(
        selectItems([
          ...keys,
          'tested_value',
          `coalesce(compared_value, lead(compared_value) ${inGroup}) as compared_value`,
          `row_number() ${inGroup} as place`,
        ]),
      ),
      '  from (',
      side(
        groups,
        keys,
        ['1 as side', `${sides.expression} as tested_value`, 'null as compared_value'],
        tested('', '    '),
        dialect,
      ),
      '    union all',
      side(
        sides.compare_group_by ?? groups,
        keys,
        [
          '2 as side',
          'null as tested_value',
          `${sides.compare_expression ?? sides.expression} as compared_value`,
        ],
        compared,
        dialect,
      ),
      '  ) as sides',
      ') as pairs',
      'where place = 1',
      `  and (${differences(sides.tolerance, sides.missing_as_zero).join(' or ')})`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;

/** A group's name in the result: a column keeps its own, an expression gets a number. */
function keyName(group: string, index: number, dialect: Dialect): string {
  return isPlain(group.trim()) ? columnExpression(group, dialect) : `group_${index + 1}`;
}

function side(
  groups: readonly string[],
  keys: readonly string[],
  values: readonly string[],
  from: string,
  dialect: Dialect,
): string {
  const expressions = groups.map((group) => columnExpression(group, dialect));
  const named = expressions.map((expression, index) => {
    const key = keys[index];
    return expression === key ? expression : `${expression} as ${key}`;
  });
  return lines(
    '    select',
    indented(indented(selectItems([...named, ...values]))),
    `    from ${from}`,
    groupBy(expressions, '    '),
  );
}

/** A group's first row holds what both sides gave, whatever its type: there are types that `max` does not take. */
function differences(tolerance: number, missingAsZero: boolean): readonly string[] {
  const [tested, compared] = ['tested_value', 'compared_value'].map((value) =>
    missingAsZero ? `coalesce(${value}, 0)` : value,
  );
  const differ = tolerance === 0 ? `${tested} <> ${compared}` : `abs(${tested} - ${compared}) > ${tolerance}`;
  return missingAsZero ? [differ] : [differ, '(tested_value is null) <> (compared_value is null)'];
}
