import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/dialect/column-type.ts';
import { duckdbDialect as dialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';

const daily = { schema: 'analytics', name: 'daily' };
const odd = { schema: 'My "Schema"', name: 'order' };
const columns: readonly Column[] = [
  { name: 'id', type: { kind: 'bigint' } },
  { name: 'User Name', type: { kind: 'varchar', length: 24 } },
  { name: 'amount', type: { kind: 'numeric', precision: 18, scale: 2 } },
];

describe('names and values', () => {
  test('stand in quotes only where they need them', () => {
    expect(dialect.relation(daily)).toBe('analytics.daily');
    expect(dialect.relation(odd)).toBe('"My ""Schema"""."order"');
    expect(['a_1', '1a', 'Daily', 'select', 'é', 'a-b', ''].map(dialect.quote)).toEqual([
      'a_1',
      '"1a"',
      '"Daily"',
      '"select"',
      '"é"',
      '"a-b"',
      '""',
    ]);
  });

  test('fold to lower case in ASCII and are cut to 63 bytes between characters', () => {
    expect(dialect.fold('Daily_É')).toBe('daily_É');
    expect(dialect.fold(`${'a'.repeat(62)}é`)).toBe('a'.repeat(62));
    expect(dialect.fold('😀'.repeat(20))).toBe('😀'.repeat(15));
  });

  test('are literals in which a backslash is itself', () => {
    expect(["it's \\ ", 1.5, -2, 9007199254740993n, true, null].map(dialect.literal)).toEqual([
      "'it''s \\ '",
      '1.5',
      '-2',
      '9007199254740993',
      'true',
      'null',
    ]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 'a\0b'])('%s has no literal', (value) => {
    expect(() => dialect.literal(value)).toThrow();
  });

  test('types go to the engine and come back', () => {
    for (const type of columns.map((column) => column.type)) {
      if (type.kind === 'varchar') continue;
      expect(dialect.parseType(dialect.type(type).toUpperCase().replace(', ', ','))).toEqual(type);
    }
    expect(dialect.parseType('HUGEINT')).toBeUndefined();
    expect(dialect.parseType('VARCHAR[]')).toBeUndefined();
  });
});

describe('statements', () => {
  test('create and drop schemas, tables and views', () => {
    expect(dialect.createSchema('analytics__store')).toBe('create schema if not exists analytics__store');
    expect(dialect.createTable(odd, columns, ['id'])).toBe(`create table "My ""Schema"""."order" (
  id bigint,
  "User Name" varchar(24),
  amount decimal(18, 2),
  primary key (id)
)`);
    expect(dialect.createTableAs(daily, 'select 1 as a', {})).toBe(`create table analytics.daily as
select 1 as a`);
    expect(
      dialect.createOrReplaceView(daily, 'select 1 as a'),
    ).toBe(`create or replace view analytics.daily as
select 1 as a`);
    expect(dialect.renameTable(daily, 'daily__old')).toBe('alter table analytics.daily rename to daily__old');
  });

  test('comment on relations and columns', () => {
    expect(dialect.commentOnRelation('view', daily, "it's daily")).toBe(
      "comment on view analytics.daily is 'it''s daily'",
    );
    expect(dialect.commentOnColumn(odd, 'User Name', 'x')).toBe(
      `comment on column "My ""Schema"""."order"."User Name" is 'x'`,
    );
  });

  test('load CSV files with every option named', () => {
    const load = {
      into: daily,
      columns,
      nullMarker: '@NULL@',
      from: { kind: 'files', files: ["/l/it's.csv.gz", '/l/b.csv.gz'], gzip: true },
    } as const;
    expect(dialect.loadCsv(load)).toBe(`insert into analytics.daily (id, "User Name", amount)
select id, "User Name", amount
from read_csv(
  ['/l/it''s.csv.gz', '/l/b.csv.gz'],
  columns = {'id': 'bigint', 'User Name': 'varchar(24)', 'amount': 'decimal(18, 2)'},
  auto_detect = false,
  hive_partitioning = false,
  header = true,
  delim = ',',
  quote = '"',
  escape = '"',
  nullstr = '@NULL@',
  allow_quoted_nulls = false,
  strict_mode = true,
  compression = 'gzip'
)`);
    expect(dialect.loadCsv({ ...load, parseOnly: true })).toMatch(
      /^select\n {2}count\(id\),\n {2}count\("User Name"\),\n {2}count\(amount\)\nfrom read_csv\(\n/,
    );
  });

  test('export to a file', () => {
    expect(dialect.exportQuery('select 1 as a', '/out/a.csv', 'csv')).toBe(`copy (
select 1 as a
) to '/out/a.csv' (format csv, header)`);
  });

  test('have no grants', () => {
    expect(dialect.supports.grants).toBe(false);
    expect(() => dialect.grantSelect(daily, 'tableau')).toThrow('supports.grants');
  });
});
