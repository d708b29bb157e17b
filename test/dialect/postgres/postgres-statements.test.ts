import { describe, expect, test } from 'vitest';
import type { Column, ColumnType } from '../../../src/dialect/column-type.ts';
import { postgresDialect as dialect } from '../../../src/dialect/postgres/postgres-dialect.ts';

const daily = { schema: 'analytics', name: 'daily' };
const odd = { schema: 'My "Schema"', name: 'order' };
const columns: readonly Column[] = [
  { name: 'id', type: { kind: 'bigint' } },
  { name: 'User Name', type: { kind: 'varchar', length: 24 } },
  { name: 'amount', type: { kind: 'numeric', precision: 18, scale: 2 } },
];

describe('names and values', () => {
  test('stand in quotes only where they need them, as capitals do', () => {
    expect(dialect.relation(daily)).toBe('analytics.daily');
    expect(dialect.relation(odd)).toBe('"My ""Schema"""."order"');
    expect(['a_1', '1a', 'Daily', 'user', 'é', 'a$', 'name'].map(dialect.quote)).toEqual([
      'a_1',
      '"1a"',
      '"Daily"',
      '"user"',
      '"é"',
      '"a$"',
      'name',
    ]);
    expect(() => dialect.quote('a\0')).toThrow('NUL');
  });

  test('are compared letter by letter, and cut to 63 bytes between characters', () => {
    expect(dialect.fold('Daily_É')).toBe('Daily_É');
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
    expect(() => dialect.literal('a\0b')).toThrow('NUL');
    expect(() => dialect.literal(Number.NaN)).toThrow();
  });

  test('are equal, NULL-safe, in a form that can be hashed', () => {
    expect(dialect.nullSafeEquals('a.k', 'b.k')).toBe('array[a.k] = array[b.k]');
    expect(dialect.nullSafeEquals('a.k', 'b.k', { kind: 'integer' })).toBe(
      '((a.k is null) = (b.k is null) and coalesce(a.k, 0) = coalesce(b.k, 0))',
    );
    expect(dialect.nullSafeEquals('a', 'b', { kind: 'date' })).toContain("coalesce(a, date '1970-01-01')");
  });
});

describe('types', () => {
  const spelled: readonly (readonly [ColumnType, string, string])[] = [
    [{ kind: 'varchar' }, 'text', 'text'],
    [{ kind: 'varchar', length: 24 }, 'varchar(24)', 'character varying(24)'],
    [{ kind: 'numeric', precision: 18, scale: 2 }, 'numeric(18, 2)', 'numeric(18,2)'],
    [{ kind: 'double' }, 'double precision', 'double precision'],
    [{ kind: 'timestamp' }, 'timestamp', 'timestamp without time zone'],
    [{ kind: 'bigint' }, 'bigint', 'bigint'],
    [{ kind: 'boolean' }, 'boolean', 'boolean'],
  ];

  test.each(spelled)('%j is %s in a statement and %s in the catalog', (type, statement, catalog) => {
    expect(dialect.type(type)).toBe(statement);
    expect(dialect.parseType(catalog)).toEqual(type);
  });

  test.each([
    'numeric',
    'real',
    'timestamp with time zone',
    'timestamp(3) without time zone',
    'text[]',
    'json',
  ])('%s of the catalog is none of the portable types', (type) => {
    expect(dialect.parseType(type)).toBeUndefined();
  });
});

describe('statements', () => {
  test('create, analyze and drop schemas, tables and views, and never what hangs on a relation', () => {
    expect(dialect.createSchema('analytics__store')).toBe('create schema if not exists analytics__store');
    expect(dialect.createTable(odd, columns, ['id'])).toBe(`create table "My ""Schema"""."order" (
  id bigint,
  "User Name" varchar(24),
  amount numeric(18, 2),
  primary key (id)
)`);
    expect(dialect.createTableAs(daily, 'select 1 as a', { dist: 'a' })).toBe(
      'create table analytics.daily as\nselect 1 as a',
    );
    expect(dialect.createOrReplaceView(daily, 'select 1 as a')).toBe(
      'create or replace view analytics.daily as\nselect 1 as a',
    );
    expect(dialect.renameTable(daily, 'Old')).toBe('alter table analytics.daily rename to "Old"');
    expect(dialect.analyzeTable(daily)).toBe('analyze analytics.daily');
    expect(dialect.dropTable(daily)).toBe('drop table if exists analytics.daily');
    expect(dialect.dropView(odd)).toBe('drop view if exists "My ""Schema"""."order"');
  });

  test('grant to roles, however the project calls them', () => {
    expect(
      ['tableau', 'Group Bi', 'role "x"', 'public', 'PUBLIC'].map((who) => dialect.grantSelect(daily, who)),
    ).toEqual(
      ['tableau', '"Bi"', '"""x"""', 'public', 'public'].map(
        (name) => `grant select on analytics.daily to ${name}`,
      ),
    );
    expect(dialect.revokeSelect(daily, 'tableau')).toBe('revoke select on analytics.daily from tableau');
    expect(dialect.grantUsage('analytics', 'group bi')).toBe('grant usage on schema analytics to bi');
  });

  test('load the CSV that follows, with every option named', () => {
    const load = { into: daily, columns, nullMarker: '@NULL@', from: { kind: 'stream' } } as const;
    expect(dialect.loadCsv(load)).toBe(`copy analytics.daily (id, "User Name", amount)
from stdin with (
  format csv,
  header true,
  delimiter ',',
  quote '"',
  escape '"',
  null '@NULL@',
  encoding 'UTF8'
)`);
    const files = { kind: 'files', files: ['/a.csv'], gzip: false } as const;
    expect(() => dialect.loadCsv({ ...load, from: files })).toThrow('supports.csv');
  });

  test('write no files', () => {
    expect(dialect.supports.exports).toBe(false);
    expect(() => dialect.exportQuery('select 1', 'a.csv', 'csv')).toThrow('supports.exports');
  });
});

describe('a model may not call what', () => {
  test.each([
    'pg_read_file',
    'PG_LS_DIR',
    'lo_import',
    'dblink',
    'dblink_exec',
    'query_to_xml',
    'table_to_xml_and_xmlschema',
    'ts_stat',
    'crosstab',
    'nextval',
    'set_config',
  ])('reads or changes anything but its arguments: %s', (name) => {
    expect(dialect.isExternalFunction(name, 'expression')).toBe(true);
  });

  test.each([
    'pg_typeof',
    'lower',
    'generate_series',
    'log',
    'lpad',
    'xpath',
    'date_trunc',
  ])('%s is no such function', (name) => {
    expect(dialect.isExternalFunction(name, 'table')).toBe(false);
  });
});
