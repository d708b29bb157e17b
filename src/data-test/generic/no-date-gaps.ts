import { z } from 'zod';
import { columnList, datePart } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { groupBy, indented, lines, selectItems } from '../layout.ts';
import { isNotNext } from '../next-moment.ts';

const schema = z.strictObject({
  datepart: datePart.exclude(['hour']).default('day'),
  group_by_columns: columnList.optional(),
});

/** `no_date_gaps`: the column's dates follow each other without a hole. */
export const noDateGaps = {
  name: 'no_date_gaps',
  doc: 'In the order of time each date of the column is one `datepart` (by default a day) after the one before, in every group of `group_by_columns`. The last day of a month may be followed by any day that a longer month has from there on, so that month ends follow each other. Dates may stand in many rows; NULLs are not looked at.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: (call) => {
    const { datepart, group_by_columns } = call.arguments;
    const { column, tested, dialect } = call;
    const groups = (group_by_columns ?? []).map((group) => columnExpression(group, dialect));
    const keys = groups.map((group, index) => `${group} as group_${index + 1}`);
    const within = groups.length === 0 ? '' : `partition by ${groups.join(', ')} `;
    const next = `lead(${column}) over (${within}order by ${column}) as next_date`;
    return lines(
      'select *',
      'from (',
      '  select',
      indented(selectItems([...keys, `${column} as last_date`, next])),
      `  from ${tested('', '  ')}`,
      `  where ${column} is not null`,
      groupBy([...groups, column], '  '),
      ') as steps',
      `where ${isNotNext(call, { next: 'next_date', previous: 'last_date' }, datepart, 1)}`,
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
