import { z } from 'zod';
import { columnList } from '../argument.ts';
import { columnExpression } from '../column-name.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { anyOf, indented, lines, selectItems } from '../layout.ts';

const schema = z.strictObject({
  lower_bound_column: z.string().min(1),
  upper_bound_column: z.string().min(1),
  partition_by: columnList.optional(),
  gaps: z.enum(['allowed', 'not_allowed', 'required']).default('allowed'),
  zero_length_range_allowed: z.boolean().default(false),
});

/** How a wrong next lower bound compares with the upper bound. */
const WRONG_NEXT = { allowed: '<', not_allowed: '<>', required: '<=' } as const;

/** `mutually_exclusive_ranges`: the ranges of a partition do not overlap. */
export const mutuallyExclusiveRanges = {
  name: 'mutually_exclusive_ranges',
  doc: 'The half-open ranges [`lower_bound_column`, `upper_bound_column`) of one `partition_by` do not overlap. Between two of them `gaps` may be `allowed` (as by default), `not_allowed` or `required`. A range must end after its start, or may be empty with `zero_length_range_allowed`. An upper bound that is NULL is open: only the last range may have one.',
  column: 'never',
  relationArguments: [],
  schema,
  sql: ({ tested, arguments: ranges, dialect }) => {
    const lower = columnExpression(ranges.lower_bound_column, dialect);
    const upper = columnExpression(ranges.upper_bound_column, dialect);
    const partition = (ranges.partition_by ?? []).map((column) => columnExpression(column, dialect));
    const keys = partition.map((column, index) => `${column} as partition_${index + 1}`);
    const within = partition.length === 0 ? '' : `partition by ${partition.join(', ')} `;
    return lines(
      'select *',
      'from (',
      '  select',
      indented(
        selectItems([
          ...keys,
          `${lower} as lower_bound`,
          `${upper} as upper_bound`,
          `lead(${lower}) over (${within}order by ${lower}, ${upper}) as next_lower_bound`,
        ]),
      ),
      `  from ${tested('', '  ')}`,
      ') as ranges',
      anyOf('where', [
        'lower_bound is null',
        `lower_bound ${ranges.zero_length_range_allowed ? '>' : '>='} upper_bound`,
        `next_lower_bound ${WRONG_NEXT[ranges.gaps]} upper_bound`,
        '(upper_bound is null and next_lower_bound is not null)',
      ]),
    );
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
