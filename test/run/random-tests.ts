import fc from 'fast-check';
import type { ColumnType } from '../../src/dialect/column-type.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import type { TestConfig } from '../../src/manifest/config.ts';
import type { Declared } from '../data-test/test-bench.ts';

/** A generic test as it may be declared on the random relation. */
export interface RandomTest {
  readonly name: string;
  readonly declared: Declared;
}

const COLUMNS: Readonly<Record<string, ColumnType>> = {
  id: { kind: 'integer' },
  n: { kind: 'integer' },
  x: { kind: 'double' },
  s: { kind: 'varchar', length: 40 },
  b: { kind: 'boolean' },
  d: { kind: 'date' },
};

type RandomRow = Readonly<Record<keyof typeof COLUMNS, string | null>>;

const cell = (...texts: readonly string[]) => fc.option(fc.constantFrom(...texts), { freq: 4 });

const row: fc.Arbitrary<RandomRow> = fc.record({
  id: cell('1', '2', '3'),
  n: cell('-2', '0', '1', '1', '7', '2147483647'),
  x: cell('0', '1.5', '-1.5', '1.5', 'NaN', 'Infinity'),
  s: cell('', ' ', 'a', 'A', "o'neil", '%_\\', '12', 'a@b.example', 'ß€'),
  b: cell('true', 'false'),
  d: cell('2025-12-31', '2025-12-01', '2024-02-29'),
});

/** Few rows, so that duplicates, and nothing at all, come often. */
export const randomRows = fc.array(row, { maxLength: 8 });

/** The rows as a query; with a type for each column, though there be none. */
export function queryOf(rows: readonly RandomRow[], dialect: Dialect): string {
  const typed = (at: RandomRow) =>
    Object.entries(COLUMNS).map(
      ([name, type]) => `${dialect.cast(dialect.literal(at[name] ?? null), type)} as ${name}`,
    );
  const none = `select ${typed({}).join(', ')} where 1 = 0`;
  return [none, ...rows.map((at) => `select ${typed(at).join(', ')}`)].join(' union all ');
}

const number = fc.constantFrom(-2, 0, 1, 2, 7);
const numeric = fc.constantFrom('n', 'x', 'id');
const text = fc.constant('s');
const anyColumn = fc.constantFrom(...Object.keys(COLUMNS));
const share = fc.constantFrom(0, 0.5, 0.9, 1);

const bounds = fc
  .record(
    {
      min_value: fc.oneof(number, fc.constantFrom('1 + 1', 'cast(1.5 as decimal(9, 2))')),
      max_value: number,
      inclusive: fc.boolean(),
    },
    { requiredKeys: ['min_value'] },
  )
  .map((range) => ({ ...range }));

/** Some hold, some do not, some are errors, and some only where `where` does not keep the row away. */
const expression = fc.constantFrom(
  ...['n > 0', 'x = x', "s <> 'it''s'", 'b', 'n is null or n <> 1', "s like '%a%' or d > '2025-01-01'"],
  ...[
    '7 / n > 0',
    'cast(s as int) > 0',
    'nothing > 1',
    'n > 0) or (n < 0',
    'n > 0 -- and more',
    'count(*) > 1',
  ],
  ...['tested.n > 0', 'n > (select max(n) from {{ref "tested"}}) - 5', 'n + 1 > 0', 'sqrt(n) >= 0'],
);

/** A test of one name on one of some columns, with some arguments. */
function use<A extends Readonly<Record<string, unknown>>>(
  name: string,
  column: fc.Arbitrary<string> | undefined,
  arbitrary: fc.Arbitrary<A> = fc.constant({} as A),
): fc.Arbitrary<RandomTest> {
  return fc
    .record({ column: column ?? fc.constant(undefined), given: arbitrary })
    .map(({ column: on, given }) => ({
      name,
      declared: {
        ...(on !== undefined && { column: on }),
        arguments: given as NonNullable<Declared['arguments']>,
      },
    }));
}

const undressed = fc.oneof(
  use('not_null', anyColumn),
  use('unique', anyColumn),
  use('accepted_range', numeric, bounds),
  use('accepted_values', text, fc.record({ values: fc.constant(['a', "o'neil", '']) })),
  use('accepted_values', fc.constant('n'), fc.record({ values: fc.constant([0, 1]) })),
  use('not_accepted_values', anyColumn, fc.record({ values: fc.constant(['a', '1']) })),
  use('expression_is_true', undefined, fc.record({ expression })),
  use(
    'expression_is_true',
    fc.constant('n'),
    fc.record({ expression: fc.constantFrom('>= 0', 'in (1, 2)') }),
  ),
  use('match_regex', text, fc.record({ regex: fc.constantFrom('^a', '[0-9]', "'") })),
  use(
    'not_match_regex',
    text,
    fc.record({ regex: fc.constant(['a', 'A']), match_on: fc.constantFrom('any', 'all') }),
  ),
  use('match_like_pattern', text, fc.record({ like_pattern: fc.constantFrom('a%', '\\%%') })),
  use('not_match_like_pattern', text, fc.record({ like_pattern: fc.constant(['%a%', '%_b%']) })),
  use('not_empty_string', text, fc.record({ trim_whitespace: fc.boolean() })),
  use('string_length_between', text, fc.record({ min_value: fc.constant(1), max_value: fc.constant(2) })),
  use('string_length_equal', text, fc.record({ value: fc.constant(1) })),
  use('valid_email', text),
  use('pair_equal', undefined, fc.record({ column_a: numeric, column_b: numeric })),
  use(
    'pair_greater_than',
    undefined,
    fc.record({ column_a: numeric, column_b: numeric, or_equal: fc.boolean() }),
  ),
  use('mean_in_range', numeric, bounds),
  use('min_in_range', numeric, bounds),
  use('max_in_range', numeric, bounds),
  use('sum_in_range', numeric, bounds),
  use('stddev_in_range', numeric, bounds),
  use('median_in_range', numeric, bounds),
  use('distinct_count_between', anyColumn, bounds),
  use('not_null_proportion', anyColumn, fc.record({ at_least: share, at_most: share })),
  use('at_least_one', anyColumn, fc.record({ group_by_columns: fc.constant('s') }, { requiredKeys: [] })),
  use('not_constant', anyColumn),
  use('not_degenerate', numeric, fc.record({ compare_column: numeric, at_least: fc.constantFrom(0.5, 1) })),
  use(
    'recency',
    fc.constant('d'),
    fc.record({ datepart: fc.constant('day'), interval: fc.constantFrom(0, 30) }),
  ),
  use('row_count_between', undefined, fc.record({ min_value: fc.constant(1), max_value: fc.constant(4) })),
  use('row_count_equal', undefined, fc.record({ value: fc.constantFrom(0, 3) })),
);

const where = fc.constantFrom(
  'n <> 0',
  "s = 'a' or n is null",
  'b',
  "s <> 'it''s'",
  'n > 0 or x > 0',
  'n > 0 --',
  'n / 0 = 1',
);

const config: fc.Arbitrary<Partial<TestConfig>> = fc.record(
  {
    where,
    limit: fc.constantFrom(1, 2),
    severity: fc.constantFrom('warn', 'error'),
    warnIf: fc.constantFrom('> 0', 'between 2 and 3'),
    errorIf: fc.constantFrom('> 1', '!= 2'),
  },
  { requiredKeys: [] },
);

/** A test with a config, which mostly has no `where`. */
const randomTest: fc.Arbitrary<RandomTest> = fc
  .record({ test: undressed, config: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, config) })
  .map(({ test, config }) => ({ ...test, declared: { ...test.declared, config } }));

export const randomTests = fc.array(randomTest, { minLength: 1, maxLength: 9 });
