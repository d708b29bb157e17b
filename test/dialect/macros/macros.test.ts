import { describe, expect, test } from 'vitest';
import { canonicalTokens } from '../../../src/dialect/canonical-tokens.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';
import { PORTABLE_MACROS } from '../../../src/dialect/portable-macro.ts';
import { postgresDialect } from '../../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { HelperError } from '../../../src/template/helper.ts';
import { describeEngines } from '../../support/engines.ts';
import { describeRedshift } from '../../support/redshift/database.ts';
import { caller, plain } from './macro-call.ts';
import { type GoldenCase, goldenTables } from './macro-golden.ts';

const tables = goldenTables();
const dialects: readonly Dialect[] = [duckdbDialect, postgresDialect, redshiftDialect];

/** A value macro is selected, over rows where it has some; a query macro is read from. */
function statement(dialect: Dialect, macro: string, golden: GoldenCase): string {
  const sql = caller(dialect)(macro, golden.arguments, golden.named);
  if (golden.rows !== undefined && golden.over === undefined)
    return `select * from (\n${sql}\n) as q order by 1`;
  return golden.over === undefined
    ? `select ${sql} as result`
    : `select ${sql}${golden.rows ? '' : ' as result'} from (${golden.over}) as t`;
}

test('every macro has a golden table, and every table a macro', () => {
  const names = Object.keys(PORTABLE_MACROS).sort();
  expect([...tables.keys()].sort()).toEqual(names);
  for (const dialect of dialects) expect(dialect.macros.map((helper) => helper.name).sort()).toEqual(names);
});

describeEngines('The golden tables', (engine) => {
  const { dialect } = engine;
  describe.each([...tables])('%s', (macro, cases) => {
    test.each(
      cases.map((golden) => ({ ...golden, shown: golden.title ?? JSON.stringify(golden.arguments) })),
    )('$shown', async (golden) => {
      const sql = statement(dialect, macro, golden);
      const { rows } = await engine.session.query(sql);
      if (golden.rows !== undefined) {
        expect(rows.map((row) => Object.values(row).map(plain))).toEqual(golden.rows);
      } else {
        expect(rows.map((row) => plain(row['result']))).toEqual([golden.result]);
      }
    });
  });
});

describe.each(dialects)('What the macros call on $name', (dialect) => {
  test.each([...tables])('%s is known to be deterministic', (macro, cases) => {
    for (const golden of cases) {
      const tokens = canonicalTokens(dialect.tokenize(statement(dialect, macro, golden)));
      expect(dialect.nondeterminism(tokens, new Set())).toEqual([]);
    }
  });
});

describeEngines('A macro stands in larger expressions as one value', (engine) => {
  const call = caller(engine.dialect);
  test.each([
    ['100 / {safe_divide}', call('safe_divide', ['1', '2']), 200],
    ["timestamp '2024-01-10' - {dateadd}", call('dateadd', ['day', 1, "date '2024-01-01'"]), '8 days'],
    ['2 * {datediff}', call('datediff', ['week', "date '2024-01-01'", "date '2024-01-08'"]), 2],
    ['{concat_null_safe}::integer', call('concat_null_safe', ["'1'", "'2'"]), 12],
    ['{to_char}::integer', call('to_char', ["date '2024-05-01'", 'YYYYQ']), 20242],
    [
      '{convert_timezone}::date',
      call('convert_timezone', ['Europe/Berlin', "timestamp '2024-01-01 23:30:00'"]),
      '2024-01-02',
    ],
  ])('%s', async (expression, sql, expected) => {
    const { rows } = await engine.session.query(`select ${expression.replace(/\{\w+\}/, sql)} as result`);
    expect(plain(rows[0]?.['result'])).toBe(expected);
  });
});

describeEngines('A boolean becomes text by bool_text', (engine) => {
  const call = caller(engine.dialect);
  const [yes, no, unknown] = ['1 = 1', '1 > 2', 'cast(null as boolean)'].map((condition) =>
    call('bool_text', [condition]),
  ) as [string, string, string];
  test.each([
    [call('concat_null_safe', ["'is '", yes, unknown, no]), 'is truefalse'],
    [call('hash', [yes]), 'b326b5062b2f0e69046810717534cb09'],
    [call('hash', [unknown]), null],
    [call('surrogate_key', ["'u1'", no]), 'c9adffb9656a5fb286a8b6d027c57851'],
    [call('surrogate_key', [yes, unknown]), 'f7e3651a40eae1e52fb74c721be6651e'],
  ])('%s', async (sql, expected) => {
    const { rows } = await engine.session.query(`select ${sql} as result`);
    expect(plain(rows[0]?.['result'])).toBe(expected);
  });
});

describeRedshift('A boolean itself', (redshift) => {
  test.each(['concat_null_safe', 'hash', 'surrogate_key'])('is refused by %s on Redshift', async (macro) => {
    const client = await redshift.connect();
    const sql = `select ${caller(redshiftDialect)(macro, ['1 = 1'])}`;
    await expect(client.query(sql)).rejects.toMatchObject({
      code: '42846',
      message: 'cannot cast type boolean to character varying',
    });
  });
});

describe('the text of a macro on DuckDB', () => {
  const call = caller(duckdbDialect);
  test.each([
    [call('dateadd', ['day', -6, 'activity_date']), '(activity_date - interval 6 day)'],
    [call('dateadd', ['month', 'n + 1', 'a.d']), '(a.d + interval (n + 1) month)'],
    [
      call('dateadd', ['day', 1, "coalesce(a, date '2024-01-01')"]),
      "(coalesce(a, date '2024-01-01') + interval 1 day)",
    ],
    [call('dateadd', ['day', 1, 'max(d)']), '(max(d) + interval 1 day)'],
    [call('dateadd', ['day', 1, 'f(a) - f(b)']), '((f(a) - f(b)) + interval 1 day)'],
    [call('datediff', ['month', 'a', 'b']), "date_diff('month', a, b)"],
    [call('date_trunc', ['week', 'event_ts']), "cast(date_trunc('week', event_ts) as date)"],
    [call('safe_divide', ['retained', 'size']), '(cast(retained as double) / nullif(size, 0))'],
    [call('to_char', ['d', 'YYYY"Q"Q']), "(strftime(d, '%YQ') || cast(quarter(d) as varchar))"],
    [call('cast_to', ['amount', 'NUMERIC(18,2)']), 'cast(amount as decimal(18, 2))'],
    [
      call('deduplicate', ['\uE000model.p.a\uE001', 'id', 'n desc']),
      'select *\nfrom \uE000model.p.a\uE001\nqualify row_number() over (partition by id order by n desc) = 1',
    ],
  ])('%s', (sql, expected) => {
    expect(sql).toBe(expected);
  });
});

describe('the text of a macro on PostgreSQL', () => {
  const call = caller(postgresDialect);
  test.each([
    [call('dateadd', ['day', -6, 'activity_date']), "(activity_date - interval '6 day')"],
    [call('dateadd', ['month', 'n + 1', 'a.d']), "(a.d + (n + 1) * interval '1 month')"],
    [call('dateadd', ['quarter', -2, 'd']), "(d - interval '6 month')"],
    [call('dateadd', ['day', 1, "'2024-01-01'"]), "(cast('2024-01-01' as timestamp) + interval '1 day')"],
    [call('datediff', ['day', 'a', 'b']), 'cast(cast(b as date) - cast(a as date) as bigint)'],
    [call('date_trunc', ['week', 'event_ts']), "cast(date_trunc('week', event_ts) as date)"],
    [call('safe_divide', ['retained', 'size']), '(cast(retained as double precision) / nullif(size, 0))'],
    [call('to_char', ['d', 'YYYY"Q"Q, Month']), `to_char(d, 'YYYY"Q"Q, FMMonth')`],
    [call('cast_to', ['amount', 'NUMERIC(18,2)']), 'cast(amount as numeric(18, 2))'],
    [
      call('median', ['amount']),
      'percentile_cont(0.5) within group (order by cast(amount as double precision))',
    ],
    [
      call('deduplicate', ['\uE000model.p.a\uE001', 'id', 'n desc']),
      'select distinct on (id) *\nfrom \uE000model.p.a\uE001\norder by id, n desc',
    ],
  ])('%s', (sql, expected) => {
    expect(sql).toBe(expected);
  });
});

describe.each(dialects)('a wrong argument on $name', (dialect) => {
  const call = caller(dialect);
  test.each([
    ['dateadd', ['dya', 1, 'd'], '"dya" is not a date part.', 'Did you mean "day"?'],
    ['date_part', ['fortnight', 'd'], '"fortnight" is not a date field.', 'It must be one of'],
    ['cast_to', ['a', 'jsonb'], '"jsonb" is not a portable type.', 'numeric(p,s)'],
    ['to_char', ['d', 'YYYY-WW'], '"W" in the pattern "YYYY-WW" is no field of a date.', 'double quotes'],
    ['to_char', ['d', ''], 'The pattern of a date is empty.', ''],
    ['surrogate_key', [], 'At least one expression is needed.', ''],
    ['decode', ['x', '1'], 'At least one value and its result are needed.', ''],
    ['json_text', ['x', 'a', 'b', 'c', 'd', 'e', 'f'], 'A path in JSON has at most 5 names, not 6.', ''],
    ['pivot', ['a', []], 'At least one value is needed.', ''],
  ] as const)('of %s is told: %j', (macro, positional, message, hint) => {
    const error = (() => {
      try {
        return call(macro, [...positional]);
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!(error instanceof HelperError)) throw error;
    expect(error.message).toBe(message);
    expect(error.hint ?? '').toContain(hint);
  });
});
