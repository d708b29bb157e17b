import { z } from 'zod';
import { type ColumnType, parseColumnType } from '../../dialect/column-type.ts';
import type { GenericTestDefinition } from '../generic-test.ts';
import { indented } from '../layout.ts';

const schema = z.strictObject({
  column_type: z.string().refine((text) => parseColumnType(text) !== undefined, {
    error:
      'must be a portable type: varchar, varchar(n), smallint, integer, bigint, numeric(p,s), double, boolean, date, timestamp',
  }),
});

/** `column_type`: the column has a type. */
export const columnType = {
  name: 'column_type',
  aliases: [{ name: 'expect_column_values_to_be_of_type' }],
  doc: 'The column is there and has the portable type `column_type`, such as `numeric(18,2)`. `varchar` is a text of any length; engines that keep no length take `varchar(n)` for it.',
  column: 'required',
  relationArguments: [],
  readsCatalog: true,
  schema,
  sql: ({ columnName, columns, dialect, arguments: { column_type } }) => {
    const type = parseColumnType(column_type);
    const spellings = type === undefined ? [] : spellingsOf(type);
    return `\
select lower(max(data_type)) as data_type
from (
${indented(columns())}
) as catalog_columns
where lower(column_name) = ${dialect.literal(columnName.toLowerCase())}
having count(*) = 0
  or lower(max(data_type)) not in (${spellings.map((spelling) => dialect.literal(spelling)).join(', ')})`;
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;

/** How the catalogs of the engines spell a type, in lower case. */
function spellingsOf(type: ColumnType): readonly string[] {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined
        ? ['varchar', 'text', 'character varying', 'character varying(65535)']
        : ['varchar', `character varying(${type.length})`];
    case 'numeric':
      return ['numeric', 'decimal'].map((name) => `${name}(${type.precision},${type.scale})`);
    case 'double':
      return ['double', 'double precision'];
    case 'timestamp':
      return ['timestamp', 'timestamp without time zone'];
    default:
      return [type.kind];
  }
}
