import { z } from 'zod';
import type { Dialect } from '../../dialect/dialect.ts';
import type { GenericTestDefinition } from '../generic-test.ts';

const schema = z.strictObject({
  values: z
    .array(
      z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
    )
    .min(1, 'needs at least one value'),
  quote: z.boolean().optional(),
});

/** `accepted_values`: the column holds only the listed values. */
export const acceptedValues = {
  name: 'accepted_values',
  doc: 'The column holds only the listed values, or NULL. Text is quoted and numbers are not, unless `quote` says otherwise; with `quote: false` values are SQL.',
  column: 'required',
  relationArguments: [],
  schema,
  sql: ({ column, tested, arguments: { values, quote }, dialect }) => `\
select
  ${column},
  count(*) as occurrences
from ${tested()}
where ${column} not in (${values.map((value) => listed(value, quote, dialect)).join(', ')})
group by ${column}`,
} satisfies GenericTestDefinition<z.infer<typeof schema>>;

function listed(value: string | number | boolean, quote: boolean | undefined, dialect: Dialect): string {
  if (quote === false) return String(value);
  return dialect.literal(quote === true ? String(value) : value);
}
