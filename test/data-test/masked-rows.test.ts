import { expect, test } from 'vitest';
import { withAliases } from '../../src/data-test/column-aliases.ts';
import { maskRows } from '../../src/data-test/masked-rows.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';

test.each([
  ['select email from people', ['email']],
  ['select Email as contact from people', ['email', 'contact']],
  ['select upper(trim(email)) as "Loud Name", age as years from people', ['email', 'loud name']],
  [
    'with a as (select email as b from people), c as (select b as d, age as e from a) select d as f from c',
    ['email', 'b', 'd', 'f'],
  ],
  ['select email contact, age years from people', ['email', 'contact']],
  ['select upper(email) "Loud Name", lower(age) years from people', ['email', 'loud name']],
  ['with a as (select p.email b from people p) select b || age c, age e from a', ['email', 'b', 'c']],
  ['select age years, max(email) over (partition by age) last from people', ['email', 'last']],
  ["select email || '@' contact, 1 years from people", ['email', 'contact']],
  ['select email like age, age as e, age + years from people', ['email']],
  ["select case when email is null then age else years end kind, 'x' e from people", ['email', 'kind']],
  ["select 'email' as word, count(*) as occurrences from people", ['email']],
])('Names that a query gives to personal data: %s', (query, expected) => {
  const names = withAliases(new Set(['email']), duckdbDialect.tokenize(query));
  for (const name of expected) expect(names).toContain(name);
  for (const name of ['years', 'e', 'word', 'occurrences']) expect(names).not.toContain(name);
});

test('Masked values show that there is one, and NULL stays NULL', () => {
  const columns = ['Email', 'age'].map((name) => ({ name, type: 'VARCHAR' }));
  const rows = [
    { Email: 'ada@example.org', age: 36n },
    { Email: null, age: null },
  ];
  expect(maskRows({ columns, rows }, new Set(['email']))).toEqual({
    columns,
    rows: [
      { Email: '***', age: 36n },
      { Email: null, age: null },
    ],
  });
});
