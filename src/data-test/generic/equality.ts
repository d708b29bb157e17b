import { z } from 'zod';
import { columnList } from '../argument.ts';
import { countedSides } from '../counted-sides.ts';
import type { GenericTestCall, GenericTestDefinition } from '../generic-test.ts';
import { groupColumns } from '../group-columns.ts';

const schema = z.strictObject({ compare_model: z.string(), compare_columns: columnList.optional() });

/** `equality`: the relation has the same rows as another. */
export const equality = {
  name: 'equality',
  doc: 'The relation has the same rows as `compare_model`. With `compare_columns`, columns or expressions such as `round(amount, 2)`, each row must stand on both sides equally often. Without it all columns are compared, in their order, and it does not count how often a row stands there; `only_in` of a failing row says which side has it.',
  column: 'never',
  relationArguments: ['compare_model'],
  schema,
  sql: (call) => {
    const columns = call.arguments.compare_columns;
    return columns === undefined ? wholeRows(call) : countedRows(call, columns);
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;

type Call = GenericTestCall<z.infer<typeof schema>>;

function countedRows({ tested, relation, dialect }: Call, columns: readonly string[]): string {
  const groups = groupColumns(columns, dialect);
  return countedSides(
    groups.names,
    [
      { name: 'tested', from: tested('', '  '), groups },
      { name: 'compared', from: relation('compare_model'), groups },
    ],
    'sum(tested_rows) <> sum(compared_rows)',
  );
}

function wholeRows({ tested, relation }: Call): string {
  const compared = relation('compare_model');
  return `\
select 'tested' as only_in, rows_of_tested.*
from (
  select *
  from ${tested('', '  ')}
  except
  select *
  from ${compared}
) as rows_of_tested
union all
select 'compared' as only_in, rows_of_compared.*
from (
  select *
  from ${compared}
  except
  select *
  from ${tested('', '  ')}
) as rows_of_compared`;
}
