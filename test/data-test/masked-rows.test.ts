import { expect, test } from 'vitest';
import { withAliases } from '../../src/data-test/column-aliases.ts';
import { maskRows } from '../../src/data-test/masked-rows.ts';
import { personalResults } from '../../src/data-test/personal-results.ts';
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

test.each([
  ['select upper(email), age from people', ['upper(email)', 'upper']],
  ['select coalesce(lower(p.email), age) from people p', ['coalesce(lower(p.email), age)', 'coalesce']],
  ["select email || 'x', age from people", ["(email || 'x')", '?column?']],
  [
    'select case when email is null then email end, age from people',
    ['CASE  WHEN ((email IS NULL))', 'case'],
  ],
  ['select max(email) over (), age from people', ['max(email) OVER ()', 'max']],
  ['select (email || email)::text, age from people', ['CAST((email || email) AS VARCHAR)', 'text']],
  ['select cast(email || email as varchar(20)), age from people', ['varchar']],
  ['select coalesce(email, 1::age) from people', ['coalesce']],
  ['select trim(email), age from people', ['main."trim"(email)', 'btrim']],
  ['select upper(contact) from (select email as contact, age from people) as p', ['upper(contact)', 'upper']],
])('Personal data is found where a query gives it no name: %s', (query, unnamed) => {
  const isPersonal = personalResults(new Set(['email']), duckdbDialect.tokenize(query));
  expect(unnamed.filter((name) => !isPersonal(name))).toEqual([]);
  expect(isPersonal('email')).toBe(true);
  expect(isPersonal('age')).toBe(false);
});

test('Masked values show that there is one, and NULL stays NULL', () => {
  const columns = ['Email', 'age'].map((name) => ({ name, type: 'VARCHAR' }));
  const rows = [
    { Email: 'ada@example.org', age: 36n },
    { Email: null, age: null },
  ];
  expect(maskRows({ columns, rows }, (name) => name === 'Email')).toEqual({
    columns,
    rows: [
      { Email: '***', age: 36n },
      { Email: null, age: null },
    ],
  });
});
