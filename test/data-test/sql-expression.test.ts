import { expect, test } from 'vitest';
import { expressionProblem, withoutComments } from '../../src/data-test/sql-expression.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';

const DIALECTS = [duckdbDialect, postgresDialect, redshiftDialect];

test.each([
  'amount > 0',
  "name = 'a;b -- (' and amount > 0 -- only these",
  'amount in (select max(amount) from x order by 1 limit 1)',
  'a is distinct from b',
  '"limit" > 3 /* (a comment) */',
  '(select 1) = 1',
])('%s is an expression', (text) => {
  for (const dialect of DIALECTS) expect(expressionProblem(text, dialect)).toBeUndefined();
});

test.each([
  ['(amount > 0', 'holds a "(" that nothing closes'],
  ['amount > 0) or (1 = 1', 'holds a ")" that closes nothing'],
  ['1 = 1) as t --', 'holds a ")" that closes nothing'],
  ["name = 'ada", 'ends in the middle of a text or a comment'],
  ['amount > 0 /* and', 'ends in the middle of a text or a comment'],
  ['1 = 1; drop table x', 'holds a semicolon'],
  ['-- nothing', 'says nothing'],
  ['where amount > 0', 'holds "where", which is no part of an expression'],
  ['amount > 0 limit 3', 'holds "limit", which is no part of an expression'],
  ['false UNION ALL select 1', 'holds "UNION", which is no part of an expression'],
  ['select 1', 'begins with "select"; put parentheses around a query'],
])('%s %s', (text, problem) => {
  for (const dialect of DIALECTS) expect(expressionProblem(text, dialect)).toBe(problem);
});

test.each([
  ['amount > 0 -- only those', 'amount > 0'],
  ['amount /* EUR */ > 0', 'amount   > 0'],
  ["name = '-- none' -- none", "name = '-- none'"],
  ['a -- one\n+ b -- two\n', 'a  \n+ b'],
])('%j says the same without its comments', (text, expected) => {
  for (const dialect of DIALECTS) expect(withoutComments(text, dialect)).toBe(expected);
});
