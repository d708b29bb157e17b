import { describe, expect, it } from 'vitest';
import { commonTableQuery } from '../../src/unit-test/common-table.ts';
import { embeddedDialect } from '../../src/unit-test/embedded-compilation.ts';
import { freezeClock, readInstant } from '../../src/unit-test/frozen-clock.ts';

function mapped(text: string) {
  return { text, map: { originAt: () => undefined } };
}

describe('the frozen clock', () => {
  const frozen = (sql: string) => freezeClock(mapped(sql), embeddedDialect, '2025-01-31 12:00:00').text;

  it('is a literal of the type that was read', () => {
    expect(
      frozen('select current_date, now(), GETDATE(), localtimestamp, current_time, current_timestamp()'),
    ).toBe(
      `select date '2025-01-31', timestamp with time zone '2025-01-31 12:00:00+00', timestamp '2025-01-31 12:00:00', timestamp '2025-01-31 12:00:00', time '12:00:00', timestamp with time zone '2025-01-31 12:00:00+00'`,
    );
  });

  it('stands still under the names that the embedded engine has for it', () => {
    expect(frozen('select current_localtimestamp(), current_localtime(), today()')).toBe(
      `select timestamp '2025-01-31 12:00:00', time '12:00:00', date '2025-01-31'`,
    );
  });

  it('stands still where a precision is asked for, and in an age up to today', () => {
    expect(frozen('select current_timestamp(3), localtime (0), age(coalesce(a, b)), age(now())')).toBe(
      `select timestamp with time zone '2025-01-31 12:00:00+00', time '12:00:00', age(date '2025-01-31', coalesce(a, b)), age(date '2025-01-31', timestamp with time zone '2025-01-31 12:00:00+00')`,
    );
  });

  it.each([
    'select today',
    'select age, age(a, b), t.age(a), now(3) from t',
    'select t.current_date, now, x as current_date from t -- now()',
    `select 'now()', "current_date", now(1), today from current_date.t`,
  ])('leaves alone what does not read it: %s', (sql) => {
    expect(frozen(sql)).toBe(sql);
  });

  it('takes a day, a minute or a second in UTC', () => {
    expect(
      ['2025-01-31', '2025-01-31 12:00', '2025-01-31T12:00:00.5Z', '31.1.2025', '2025-02-31x'].map(
        readInstant,
      ),
    ).toEqual(['2025-01-31 00:00:00', '2025-01-31 12:00:00', '2025-01-31 12:00:00.5', undefined, undefined]);
  });
});

it('is never a day that no calendar has', () => {
  expect(['2025-02-30', '2025-02-29 12:00', '2024-02-29'].map(readInstant)).toEqual([
    undefined,
    undefined,
    '2024-02-29 00:00:00',
  ]);
});

describe('the query of a common table', () => {
  const query = (sql: string, name: string) => {
    const found = commonTableQuery(mapped(sql), name, embeddedDialect);
    return found.kind === 'found' ? found.query.text : found.names;
  };
  const SQL = `-- first
with recursive a (x) as materialized (select 1), "B b" as (select ')' from a), c as (select 2)
select * from c`;

  it('keeps the tables that it stands on, as they are written', () => {
    expect(query(SQL, 'B b')).toBe(
      `-- first\nwith recursive a (x) as materialized (select 1),\n"B b" as (select ')' from a)\nselect * from "b b"`,
    );
    expect(query(SQL, 'c')).toBe('-- first\nwith recursive c as (select 2)\nselect * from c');
  });

  it('is none for a name that there is not; the others are told', () => {
    expect(query(SQL, 'd')).toEqual(['a', 'b b', 'c']);
    expect(query('select 1', 'a')).toEqual([]);
  });
});
