import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Finding, lintSql } from '../../../src/compile/portability/lint-sql.ts';
import { type Grammar, loadGrammar } from '../../../src/compile/portability/pg-grammar.ts';
import { portabilityRules } from '../../../src/compile/portability/rules.ts';
import { redshiftDialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { invalidStatements } from './invalid-statements.ts';
import { validStatements } from './valid-statements.ts';

const GOLDEN = new URL('../../../../shared/data/redshift-golden.json', import.meta.url);

let grammar: Grammar;
beforeAll(async () => {
  grammar = await loadGrammar();
});

function lint(sql: string, { declared = [] as string[], wrapped = false } = {}): readonly Finding[] {
  return lintSql(sql, {
    dialect: redshiftDialect,
    grammar,
    declaredFunctions: new Set(declared),
    wrapped,
    declaredTypes,
  });
}

/** Every column `days` of a schema `typed` is known to be an integer, and every `is_trial` to be a boolean. */
const declaredTypes = ({ schema }: { readonly schema: string }, column: string) =>
  schema === 'typed' ? ({ days: 'integer', is_trial: 'boolean' } as const)[column] : undefined;

const codesIn = (sql: string) => [...new Set(lint(sql).map(({ code }) => code))];

describe('what Redshift refuses or reads differently', () => {
  test.each(invalidStatements)('%s is found, and nothing else, in %s', (code, sql) => {
    expect(codesIn(sql)).toEqual([code]);
  });

  test('every rule has a statement in which it alone finds something', () => {
    const tried = new Set(invalidStatements.map(([code]) => code));
    expect(portabilityRules.map(({ code }) => code).filter((code) => !tried.has(code))).toEqual([]);
  });
});

describe('what Redshift documents', () => {
  test.each(validStatements)('nothing is found in %s', (sql) => {
    expect(lint(sql)).toEqual([]);
  });

  test.skipIf(!existsSync(GOLDEN))(
    'statements with printed results in the documentation hold no error',
    () => {
      const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as readonly { readonly sql: string }[];
      const refused = golden.filter(({ sql }) =>
        lint(sql, { declared: ['exfunc_upper'] }).some(({ severity }) => severity === 'error'),
      );
      expect(golden.length).toBeGreaterThan(100);
      expect(refused.map(({ sql }) => sql)).toEqual([MISPRINT]);
    },
  );
});

/** As the documentation has it, with a quote too many. */
const MISPRINT = "select datediff(hour, ''2023-01-01', '2023-01-03 05:04:03')";

test('codes are unique, and in order', () => {
  const codes = portabilityRules.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
});

describe('the place of a finding', () => {
  const place = (sql: string) =>
    lint(sql).map(({ code, offset }) => [code, sql.slice(offset).split(/\W/)[0]]);

  test('is where the construct begins, behind text that is rewritten before it is parsed', () => {
    const sql = "select top 10 convert(varchar(max), a), '\\\\x', sum(b) over (order by c) from t";
    expect(place(sql)).toEqual([
      ['PRT-141', ''],
      ['PRT-121', 'sum'],
    ]);
  });

  test('is right inside a QUALIFY clause', () => {
    expect(place('select a from t as x qualify median(a) > 1 and nosuch(b) = 1 order by 1')).toEqual([
      ['PRT-202', 'nosuch'],
    ]);
  });

  test('counts UTF-16 units, whatever stands before it', () => {
    expect(place("select '🙂é', nosuch(a) from größe")).toEqual([['PRT-202', 'nosuch']]);
    expect(place("select '🙂é' a b c")).toEqual([['PRT-001', 'b']]);
  });

  test('of an aggregate in a later common table is its own', () => {
    const sql =
      'with a as (select 1 as x),\nb as (select count(*) filter (where x = 1) as n from a)\nselect n from b';
    expect(lint(sql).map(({ offset }) => offset)).toEqual([sql.indexOf('count')]);
  });

  test.each([
    ' ',
    '\n\n',
    '/* é */ ',
    "-- it's\n",
  ])('moves with what stands before the statement: %j', (before) => {
    fc.assert(
      fc.property(fc.constantFrom(...invalidStatements), ([, sql]) => {
        const shifted = lint(`${before}${sql}`).map(({ code, offset }) => [code, offset - before.length]);
        expect(shifted).toEqual(lint(sql).map(({ code, offset }) => [code, offset]));
      }),
    );
  });
});

test('whatever the text is, the lint comes to an end with places inside it', () => {
  const words = fc.constantFrom(
    ...[
      'select',
      'from',
      't',
      'where',
      '(',
      ')',
      ',',
      'qualify',
      'pivot',
      'top',
      '10',
      "'a\\'b'",
      '"x"',
      'exclude',
    ],
    ...[
      'convert',
      'over',
      'order',
      'by',
      'connect',
      'start',
      'with',
      'at',
      'as',
      '*',
      '+',
      'max',
      'ignore',
      'nulls',
    ],
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), (parts) => {
      const sql = parts.join(' ');
      for (const { offset } of lint(sql)) expect(offset).toBeLessThanOrEqual(sql.length);
    }),
  );
});

test('a function that the project declares is known, with or without its schema', () => {
  expect(lint('select f_margin(a) from t', { declared: ['f_margin'] })).toEqual([]);
  expect(lint('select util.f_margin(a) from t', { declared: ['util.f_margin'] })).toEqual([]);
});

test('what is sent inside another query may hold no recursive common table', () => {
  const sql = 'with recursive n (i) as (select 1 union all select i + 1 from n where i < 9) select i from n';
  expect(lint(sql, { wrapped: true }).map(({ code }) => code)).toEqual(['PRT-230']);
  expect(lint(sql)).toEqual([]);
});

test('functions of the leader node are fine where no table is read', () => {
  expect(lint('select now()')).toEqual([]);
  expect(lint('with a as (select now() as x) select x from a')).toEqual([]);
});

test('several things in one statement are all told, in the order of the text', () => {
  const sql = "select now(), string_agg(a, ',') filter (where b) from t where c is distinct from d";
  expect(lint(sql).map(({ code }) => code)).toEqual(['PRT-201', 'PRT-101', 'PRT-202', 'PRT-150']);
});

describe('the average of a column whose declared type is known', () => {
  const cut = (sql: string) => lint(sql).map(({ code }) => code);

  test.each([
    'select avg(days) from typed.t',
    'select avg(x.days) over (partition by a) from typed.t as x join other.u on x.id = u.id',
    'select avg(n) from (select id, sum(days) as n from typed.t group by id) as s',
    'with a as (select * from typed.t), b as (select days + 1 as n from a) select avg(b.n) from b, other.u',
    'with a as (select days from typed.t union all select 1) select avg(days) from a as x',
    'with a as (select days from typed.t) select (select avg(days) from a) as n from other.u',
  ])('%s', (sql) => {
    expect(cut(sql)).toEqual(['PRT-212']);
  });

  test.each([
    'select avg(days) from other.t',
    'select avg(days * 1.0) from typed.t',
    'select avg(u.days) from typed.t join other.u on t.id = u.id',
    'select avg(n) from (select id, days / 2.0 as n from typed.t) as s',
    'with a as (select cast(days as numeric(18, 4)) as days from typed.t) select avg(days) from a',
    'with recursive n (i) as (select days from typed.t union all select i + 1 from n) select avg(i) from n',
  ])('is left alone where it is none, or not known: %s', (sql) => {
    expect(cut(sql)).toEqual([]);
  });
});
