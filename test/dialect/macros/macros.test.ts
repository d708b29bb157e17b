import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spanAt } from '../../../src/diagnostic/span.ts';
import type { Scalar } from '../../../src/dialect/dialect.ts';
import { duckdbDialect as dialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';
import { PORTABLE_MACROS } from '../../../src/dialect/portable-macro.ts';
import { HelperError, type TemplateValue } from '../../../src/template/helper.ts';
import { scratchSession } from '../../warehouse/duckdb/scratch.ts';
import { type GoldenCase, goldenTables } from './macro-golden.ts';

const scratch = scratchSession();
const tables = goldenTables();

function call(
  macro: string,
  positional: readonly TemplateValue[],
  named: Record<string, TemplateValue> = {},
): string {
  const helper = dialect.macros.find((candidate) => candidate.name === macro);
  if (helper === undefined) throw new Error(`There is no macro ${macro}.`);
  return String(helper.run({ positional, named, span: spanAt({ path: 'models/a.sql', text: '' }, 0) }));
}

/** A value macro is selected, over rows where it has some; a query macro is read from. */
function statement(macro: string, golden: GoldenCase): string {
  const sql = call(macro, golden.arguments, golden.named);
  if (golden.rows !== undefined && golden.over === undefined)
    return `select * from (\n${sql}\n) as q order by 1`;
  return golden.over === undefined
    ? `select ${sql} as result`
    : `select ${sql}${golden.rows ? '' : ' as result'} from (${golden.over}) as t`;
}

function plain(value: Scalar | undefined): Scalar | undefined {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value))
    ? Number(value)
    : typeof value === 'bigint'
      ? String(value)
      : value;
}

test('every macro has a golden table, and every table a macro', () => {
  expect([...tables.keys()].sort()).toEqual(Object.keys(PORTABLE_MACROS).sort());
  expect(dialect.macros.map((helper) => helper.name).sort()).toEqual(Object.keys(PORTABLE_MACROS).sort());
});

describe.each([...tables])('%s on DuckDB', (macro, cases) => {
  test.each(
    cases.map((golden) => ({ ...golden, shown: golden.title ?? JSON.stringify(golden.arguments) })),
  )('$shown', async (golden) => {
    const sql = statement(macro, golden);
    const { rows } = await scratch.session.query(sql);
    if (golden.rows !== undefined) {
      expect(rows.map((row) => Object.values(row).map(plain))).toEqual(golden.rows);
    } else {
      expect(rows.map((row) => plain(row['result']))).toEqual([golden.result]);
    }
    expect(dialect.nondeterminism(dialect.tokenize(sql), new Set())).toEqual([]);
  });
});

describe('a macro stands in larger expressions as one value', () => {
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
    const { rows } = await scratch.session.query(`select ${expression.replace(/\{\w+\}/, sql)} as result`);
    expect(plain(rows[0]?.['result'])).toBe(expected);
  });
});

describe('the text of a macro', () => {
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

describe('a wrong argument', () => {
  test.each([
    ['dateadd', ['dya', 1, 'd'], '"dya" is not a date part.', 'Did you mean "day"?'],
    ['date_part', ['fortnight', 'd'], '"fortnight" is not a date field.', 'It must be one of'],
    ['cast_to', ['a', 'jsonb'], '"jsonb" is not a portable type.', 'numeric(p,s)'],
    ['to_char', ['d', 'YYYY-WW'], '"W" in the pattern "YYYY-WW" is no field of a date.', 'double quotes'],
    ['to_char', ['d', ''], 'The pattern of a date is empty.', ''],
    ['surrogate_key', [], 'At least one expression is needed.', ''],
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

/** Outputs that AWS's documentation prints, against the same calls of our macros. */
const printed = new URL('../../../../shared/data/redshift-golden.json', import.meta.url);

describe.skipIf(!existsSync(printed))('what AWS prints', () => {
  const outputs = new Map<string, string>(
    (existsSync(printed) ? JSON.parse(readFileSync(printed, 'utf8')) : []).map(
      (entry: { sql: string; row: string[] }) => [entry.sql.replace(/\s+/g, ' '), entry.row[0] ?? ''],
    ),
  );

  test.each([
    ["select dateadd(month,18,'2008-02-28')", call('dateadd', ['month', 18, "timestamp '2008-02-28'"])],
    ["select dateadd(month,1,'2008-04-30')", call('dateadd', ['month', 1, "timestamp '2008-04-30'"])],
    ["select dateadd(year, 1, '2016-02-29')", call('dateadd', ['year', 1, "timestamp '2016-02-29'"])],
    [
      "select convert_timezone('America/New_York', '2013-06-01 08:00:00')",
      call('convert_timezone', ['America/New_York', "'2013-06-01 08:00:00'"]),
    ],
    [
      "select convert_timezone('EST', 'PST', '20080305 12:25:29')",
      call('convert_timezone', ['PST', "'2008-03-05 12:25:29'"], { from: 'EST' }),
    ],
    [
      "SELECT DATE_PART(minute, timestamp '20230104 04:05:06.789')",
      call('date_part', ['minute', "timestamp '2023-01-04 04:05:06.789'"]),
    ],
    [
      "SELECT DATE_PART(day, timestamp '20220502 04:05:06.789')",
      call('date_part', ['day', "timestamp '2022-05-02 04:05:06.789'"]),
    ],
    [
      "select extract(minute from timestamp '2009-09-09 12:08:43')",
      call('date_part', ['minute', "timestamp '2009-09-09 12:08:43'"]),
    ],
    ["select md5('Amazon Redshift')", call('hash', ["'Amazon Redshift'"])],
    ["select md5('ez' || 'user1')", call('hash', ["'ez' || 'user1'"])],
    [
      "select cast('Fourscore and seven' as varchar(5))",
      call('cast_to', ["'Fourscore and seven'", 'varchar(5)']),
    ],
    [
      "select to_char(timestamp '2009-12-31 23:15:59', 'DDD')",
      call('to_char', ["timestamp '2009-12-31 23:15:59'", 'DDD']),
    ],
    ["select to_char(date '2009-12-31', 'MONTH')", call('to_char', ["date '2009-12-31'", 'MONTH'])],
  ])('%s', async (redshift, ours) => {
    const expected = outputs.get(redshift);
    expect(expected).toBeDefined();
    const { rows } = await scratch.session.query(`select ${ours} as result`);
    expect(String(rows[0]?.['result'])).toBe(expected);
  });
});
