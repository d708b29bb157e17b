import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../src/dialect/column-type.ts';
import { PORTABLE_MACROS } from '../../../src/dialect/portable-macro.ts';
import { loadErrors } from '../../../src/dialect/redshift/load-error-query.ts';
import { redshiftDialect as dialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { redshiftMacroStatements } from './macro-statements.ts';
import { readString } from './redshift-lexer.ts';
import { redshiftStatements } from './statements.ts';

test.each(Object.entries(redshiftStatements))('%s is written as its golden file says', async (name, sql) => {
  await expect(`${sql}\n`).toMatchFileSnapshot(`golden/statements/${name}.sql`);
});

test.each(
  Object.entries(redshiftMacroStatements),
)('macro %s is written as its golden file says', async (name, sql) => {
  await expect(`${sql}\n`).toMatchFileSnapshot(`golden/macros/${name}.sql`);
});

test('every portable macro has a golden file', () => {
  const named = Object.keys(PORTABLE_MACROS).map((name) => name.replaceAll('_', '-'));
  const files = Object.keys(redshiftMacroStatements);
  expect(named.filter((name) => !files.some((file) => file === name || file.startsWith(`${name}-`)))).toEqual(
    [],
  );
});

describe('a literal', () => {
  const text = fc.string({ unit: fc.constantFrom('\\', "'", '"', 'a', 'E', '$', '-', ';', '\n', 'é', '😀') });

  test('is read back by Redshift’s lexer as the text that it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.string().filter((any) => !any.includes('\0')),
        ),
        (value) => {
          expect(readString(dialect.literal(value))).toEqual({ value, rest: '' });
        },
      ),
    );
  });

  test('ends where it ends, whatever follows it', () => {
    fc.assert(
      fc.property(text, text, (value, after) => {
        const rest = ` || ${dialect.literal(after)}; drop table t`;
        expect(readString(dialect.literal(value) + rest)).toEqual({ value, rest });
      }),
    );
  });

  test('is one token of the statement that it stands in', () => {
    fc.assert(
      fc.property(text, text, (value, after) => {
        const sql = `select ${dialect.literal(value)}, ${dialect.literal(after)} -- end`;
        const strings = dialect.tokenize(sql).filter(({ kind }) => kind === 'string');
        expect(strings.map((token) => token.text)).toEqual([dialect.literal(value), dialect.literal(after)]);
      }),
    );
  });

  test('is never PostgreSQL’s escape string, which Redshift does not know', () => {
    expect(["it's", 'C:\\', "\\'; drop table t --"].map(dialect.literal)).toEqual([
      "'it''s'",
      "'C:\\\\'",
      "'\\\\''; drop table t --'",
    ]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 'a\0b'])('%s there is none of', (value) => {
    expect(() => dialect.literal(value)).toThrow();
  });
});

describe('a name', () => {
  test('is folded to lower case, quoted or not, and quoted where it is reserved or not plain', () => {
    expect(['daily', 'Daily', 'Order', 'TAG', 'a b', 'é', 'É', '1a', 'a"b'].map(dialect.quote)).toEqual([
      ...['daily', 'daily', '"order"', '"tag"', '"a b"', '"é"', '"É"', '"1a"', '"a""b"'],
    ]);
    expect(() => dialect.quote('a\0b')).toThrow();
  });

  test('is cut to 127 bytes, between characters', () => {
    expect(dialect.fold(`${'A'.repeat(126)}é`)).toBe('a'.repeat(126));
    expect(Buffer.byteLength(dialect.fold('😀'.repeat(40)))).toBe(124);
  });
});

test.each<[ColumnType, string]>([
  [{ kind: 'varchar' }, 'character varying(65535)'],
  [{ kind: 'varchar', length: 24 }, 'character varying(24)'],
  [{ kind: 'numeric', precision: 18, scale: 2 }, 'numeric(18,2)'],
  [{ kind: 'timestamp' }, 'timestamp without time zone'],
  [{ kind: 'double' }, 'double precision'],
  [{ kind: 'bigint' }, 'bigint'],
])('type %j comes back from the catalog and from our own spelling', (type, catalogName) => {
  expect(dialect.parseType(catalogName)).toEqual(type);
  if (type.kind !== 'timestamp') expect(dialect.parseType(dialect.type(type))).toEqual(type);
});

test.each([
  'super',
  'character(3)',
  'timestamp with time zone',
  'interval',
])('type %s is not portable', (name) => {
  expect(dialect.parseType(name)).toBeUndefined();
});

test('NULL-safe equality can be hashed where the type is known', () => {
  expect(dialect.nullSafeEquals('a.id', 'b.id')).toBe('(a.id = b.id or (a.id is null and b.id is null))');
  expect(dialect.nullSafeEquals('a.id', 'b.id', { kind: 'bigint' })).toBe(
    '((a.id is null) = (b.id is null) and coalesce(a.id, 0) = coalesce(b.id, 0))',
  );
});

test('what it cannot do throws for callers who did not ask', () => {
  const into = { schema: 's', name: 't' };
  expect(() => dialect.loadCsv({ into, columns: [], nullMarker: '', from: { kind: 'stream' } })).toThrow(
    'csv',
  );
  expect(() => dialect.exportQuery('select 1', 'a.csv', 'csv')).toThrow('exports');
  expect(() => dialect.exportDatabase('a.duckdb', [])).toThrow('exports');
});

test('queries for load errors select a row’s columns', () => {
  const row = [
    ...['file_name', 'line_number', 'column_name', 'column_type', 'column_length', 'position', 'raw_value'],
    ...['error_code', 'reason'],
  ];
  const queries = loadErrors.queries({ session: 1073, since: '2025-12-31 23:59:58' });
  for (const sql of queries) {
    const selected = sql.slice(0, sql.indexOf('\nfrom ')).split(',\n');
    expect(selected.map((item) => /(\w+)$/.exec(item)?.[1])).toEqual(row);
  }
});

describe('nondeterminism', () => {
  const reasons = (sql: string) =>
    dialect
      .nondeterminism(
        dialect.tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment'),
        new Set(),
      )
      .map(({ reason }) => reason);

  test.each([
    ['select getdate()', ['function getdate()']],
    ['select sysdate, current_date', ['sysdate', 'current_date']],
    ["select timestamp 'now'", ["moment 'now'"]],
    ['select random() as r', ['function random()']],
    ['select my_udf(a) from t', ['function my_udf()']],
    ["select listagg(a, ',') within group (order by b), approximate count(distinct c) from t", []],
    ["select dateadd(day, -1, d), nvl(a, 0), decode(a, 1, 'x') from t", []],
    [
      'select lag(a) ignore nulls over (partition by b order by c) from t qualify row_number() over (order by a) = 1',
      [],
    ],
    ['select sum(a) over (order by b rows between unbounded preceding and current row) from t', []],
  ])('%s', (sql, expected) => {
    expect(reasons(sql)).toEqual(expected);
  });

  test('functions that read the catalog are not for models', () => {
    expect(
      ['pg_get_late_binding_view_cols', 'NEXTVAL', 'count'].map((name) =>
        dialect.isExternalFunction(name, 'table'),
      ),
    ).toEqual([true, true, false]);
  });
});
