import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../../src/dialect/postgres/postgres-dialect.ts';
import type { Session } from '../../../src/warehouse/warehouse.ts';
import { postgresEngine } from '../../support/engines.ts';
import { describePostgres } from '../../support/postgres/database.ts';
import { scratchSession } from '../../warehouse/duckdb/scratch.ts';
import { caller, plain } from './macro-call.ts';

const PARTS = ['day', 'week', 'month', 'quarter', 'year', 'hour', 'minute', 'second'] as const;
const FIELDS = ['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second'] as const;
const WEEK_FIELDS = ['iso_year', 'iso_week', 'day_of_week', 'day_of_year'] as const;
const PATTERN =
  'YYYY YY IYYY-IW Q MM MON Mon mon MONTH Month month DD DDD D ID DY Dy DAY Day day HH24 HH12 MI SS MS US AM';

/** What the macros make of two moments and a number. */
function ofMoments(dialect: Dialect): readonly string[] {
  const call = caller(dialect);
  return [
    ...PARTS.flatMap((part) => [
      call('dateadd', [part, 'n', 'a']),
      call('dateadd', [part, 'n', 'cast(a as date)']),
      call('datediff', [part, 'a', 'b']),
      call('date_trunc', [part, 'a']),
    ]),
    ...[...FIELDS, ...WEEK_FIELDS].map((field) => call('date_part', [field, 'a'])),
    call('last_day', ['a']),
    call('add_months', ['a', 'n']),
    call('months_between', ['a', 'b']),
    call('to_char', ['a', PATTERN]),
    call('convert_timezone', ['America/New_York', 'a']),
  ];
}

/** What the macros make of two texts. */
function ofTexts(dialect: Dialect): readonly string[] {
  const call = caller(dialect);
  return [
    call('string_length', ['s']),
    call('split_part', ['s', 'a', 2]),
    call('regexp_replace', ['s', '[0-9a-f]+', '<\\$>']),
    call('regexp_substr', ['s', '[0-9]+']),
    call('regexp_count', ['s', '[a-z]']),
    call('regexp_like', ['s', '^[a-z]*$']),
    call('concat_null_safe', ['s', 't', 'cast(null as varchar)']),
    call('hash', ['s']),
    call('surrogate_key', ['s', 't']),
    call('decode', ['s', 't', "'same'", "''", "'empty'", "'other'"]),
    call('cast_to', ['s', 'varchar(3)']),
  ];
}

async function valuesOf(session: Session, expressions: readonly string[], from: string): Promise<unknown[]> {
  const items = expressions.map((sql, index) => `${sql} as c${index}`);
  const { rows } = await session.query(`select ${items.join(',\n  ')}\nfrom (${from}) as input`);
  return Object.values(rows[0] ?? {}).map(plain);
}

const moment = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().replace('T', ' ').replace('Z', ''));
const monthEnd = fc
  .tuple(fc.integer({ min: 1996, max: 2032 }), fc.integer({ min: 0, max: 11 }))
  .map(([year, month]) => new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10));
const moments = fc.oneof(moment, monthEnd);
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('a', 'b', '1', ' ', "'", '\\', '\n', 'é', '😀'),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((value) => !value.includes('\0'));

describePostgres('DuckDB and PostgreSQL agree', (database) => {
  const duckdb = scratchSession();
  const postgres = postgresEngine(database);

  async function compare(
    expressions: (dialect: Dialect) => readonly string[],
    from: (dialect: Dialect) => string,
  ) {
    const ours = expressions(postgresDialect);
    const found = await valuesOf(postgres.session, ours, from(postgresDialect));
    const expected = await valuesOf(duckdb.session, expressions(duckdbDialect), from(duckdbDialect));
    expect(found).toHaveLength(ours.length);
    expect(found.map((value, index) => [ours[index], value])).toEqual(
      expected.map((value, index) => [ours[index], value]),
    );
  }

  test('on what the macros make of any moments', async () => {
    await fc.assert(
      fc.asyncProperty(moments, moments, fc.integer({ min: -600, max: 600 }), (a, b, n) =>
        compare(ofMoments, () => `select timestamp '${a}' as a, timestamp '${b}' as b, ${n} as n`),
      ),
      { numRuns: 150 },
    );
  });

  test('on what the macros make of any texts', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, (s, t) =>
        compare(
          ofTexts,
          ({ literal }) => `select cast(${literal(s)} as varchar) as s, cast(${literal(t)} as varchar) as t`,
        ),
      ),
      { numRuns: 200 },
    );
  });
});
