import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Column } from '../../../src/dialect/column-type.ts';
import { DETERMINISTIC_FUNCTIONS } from '../../../src/dialect/duckdb/deterministic-functions.ts';
import { duckdbDialect as dialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';
import { RESERVED_WORDS } from '../../../src/dialect/duckdb/reserved-words.ts';
import { duckdbVocabulary } from '../../../src/dialect/duckdb/vocabulary.ts';
import { readCatalog } from '../../../src/warehouse/catalog.ts';
import { scratchFolder, scratchSession } from './scratch.ts';

const folder = scratchFolder();
const scratch = scratchSession();
const run = (sql: string) => scratch.session.execute(sql);
const rows = async (sql: string) => (await scratch.session.query(sql)).rows;

describe('names', () => {
  test('come back from the engine as they were written', async () => {
    const names = ['plain', 'Mixed', 'order', 'a"b', 'é 😀', '1st', 'select', "it's"];
    await run('create schema names');
    for (const name of names) {
      const relation = { schema: 'names', name };
      await run(dialect.createTable(relation, [{ name, type: { kind: 'integer' } }]));
      await run(dialect.commentOnColumn(relation, name, name));
      expect(
        (await scratch.session.query(`select ${dialect.quote(name)} from ${dialect.relation(relation)}`))
          .columns[0]?.name,
      ).toBe(name);
    }
    const catalog = await readCatalog(scratch.session, dialect, ['names']);
    expect(catalog.relations.map((entry) => entry.relation.name).sort()).toEqual([...names].sort());
    expect(catalog.find({ schema: 'NAMES', name: 'MIXED' })?.columns).toEqual([
      { name: 'Mixed', engineType: 'INTEGER', type: { kind: 'integer' } },
    ]);
  });

  test('that are reserved are all quoted', async () => {
    const keywords = await rows(
      `select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'`,
    );
    expect(keywords.map((row) => String(row['keyword_name'])).sort()).toEqual([...RESERVED_WORDS].sort());
  });
});

describe('literals', () => {
  test.each([
    "it's",
    '\\',
    "\\'",
    "'; drop table x; --",
    '',
    '😀\n\r\t',
    '$$',
    1.5,
    -3,
    12345678901234567890n,
    true,
    null,
  ])('%s is the value it was', async (value) => {
    const [row] = await rows(`select ${dialect.literal(value)} as value`);
    expect(row?.['value']).toEqual(
      typeof value === 'number' && !Number.isInteger(value) ? String(value) : value,
    );
  });
});

describe('relations', () => {
  test('are created, described, replaced, renamed and dropped', async () => {
    const table = { schema: 'analytics__store', name: 'daily__3fa9c1d2e4b7' };
    const view = { schema: 'analytics', name: 'daily' };
    for (const { schema } of [table, view]) await run(dialect.createSchema(schema));
    await run(
      dialect.createTableAs(table, 'select 1 as a, cast(2.5 as decimal(18, 2)) as b -- last', {
        dist: 'a',
        sort: ['b'],
      }),
    );
    await run(dialect.commentOnRelation('table', table, "key's"));
    await run(dialect.createView(view, `select a from ${dialect.relation(table)}`));
    await run(dialect.createOrReplaceView(view, `select b as a, a as b from ${dialect.relation(table)}`));
    await run(dialect.commentOnRelation('view', view, 'daily figures'));
    await run(dialect.commentOnColumn(view, 'a', 'an amount'));

    const catalog = await readCatalog(scratch.session, dialect, ['analytics', 'analytics__store', 'nowhere']);
    expect(catalog.relations.map(({ relation, kind }) => `${kind} ${dialect.relation(relation)}`)).toEqual([
      'view analytics.daily',
      'table analytics__store.daily__3fa9c1d2e4b7',
    ]);
    expect(catalog.find(view)?.columns).toEqual([
      { name: 'a', engineType: 'DECIMAL(18,2)', type: { kind: 'numeric', precision: 18, scale: 2 } },
      { name: 'b', engineType: 'INTEGER', type: { kind: 'integer' } },
    ]);
    expect(await rows(dialect.relationsQuery(['analytics', 'analytics__store']))).toMatchObject([
      {
        table_schema: 'analytics',
        table_name: 'daily',
        kind: 'view',
        comment: 'daily figures',
        definition: expect.stringContaining('daily__3fa9c1d2e4b7'),
      },
      { table_schema: 'analytics__store', kind: 'table', comment: "key's", definition: null },
    ]);
    expect((await rows(dialect.schemasQuery())).map((row) => row['schema_name'])).toContain(
      'analytics__store',
    );

    await run(dialect.renameTable(table, 'daily__old'));
    await run(dialect.dropTable({ ...table, name: 'daily__old' }));
    expect((await readCatalog(scratch.session, dialect, ['analytics'])).find(view)?.kind).toBe('view');
    await run(dialect.dropView(view));
    await run(dialect.dropSchema('analytics__store'));
    expect(
      (await readCatalog(scratch.session, dialect, ['analytics', 'analytics__store'])).relations,
    ).toEqual([]);
  });

  test('are exported to CSV and Parquet', async () => {
    const file = folder.file("it's.csv");
    await run(dialect.exportQuery("select 1 as a, 'x,y' as b -- last", file, 'csv'));
    expect(await readFile(file, 'utf8')).toBe('a,b\n1,"x,y"\n');
    await run(dialect.exportQuery('select 1 as a', folder.file('a.parquet'), 'parquet'));
    expect(await rows(`from read_parquet(${dialect.literal(folder.file('a.parquet'))})`)).toEqual([{ a: 1 }]);
  });
});

describe('a checksum', () => {
  const checksum = async (rowsSql: string) => {
    await run(`create or replace table summed as ${rowsSql}`);
    return (await rows(dialect.checksumQuery({ schema: 'main', name: 'summed' }, [])))[0];
  };

  test('is the same for the same rows in another order, and another when a value or a copy differs', async () => {
    const original = await checksum("select 1 as a, 'x' as b union all select 2, null");
    expect(await checksum("select 2 as a, null as b union all select 1, 'x'")).toEqual(original);
    expect(await checksum("select 1 as a, 'x' as b union all select 2, 'y'")).not.toEqual(original);
    expect(await checksum("select 2 as a, 'x' as b union all select 1, null")).not.toEqual(original);
    const twice = await checksum("select 1 as a, 'x' as b union all select 1, 'x' union all select 2, null");
    expect(twice).not.toEqual(original);
    expect(await checksum("select 1 as a, 'x' as b where false")).toMatchObject({ row_count: 0n });
  });
});

describe('the session', () => {
  test('is set as Redshift behaves: UTC, integer division, NULL last upwards and first downwards', async () => {
    const [row] = await rows(`select 7 / 2 as quotient, current_setting('timezone') as zone,
      (select string_agg(coalesce(x, 'null')) from (select * from (values ('a'), (null), ('b')) as v(x) order by x)) as up,
      (select string_agg(coalesce(x, 'null')) from (select * from (values ('a'), (null), ('b')) as v(x) order by x desc)) as down`);
    expect(row).toEqual({ quotient: 3, zone: 'UTC', up: 'a,b,null', down: 'null,b,a' });
  });

  test('never downloads an extension', async () => {
    await expect(run("select * from read_csv('s3://bucket/a.csv')")).rejects.toThrow(
      /extension|secret|httpfs/i,
    );
    expect(
      await rows("select name, value from duckdb_settings() where name like 'auto%known%' order by 1"),
    ).toEqual([
      { name: 'autoinstall_known_extensions', value: 'false' },
      { name: 'autoload_known_extensions', value: 'false' },
    ]);
  });

  test('tells the time of the engine in UTC', async () => {
    const [row] = await rows(dialect.clockQuery());
    expect(Math.abs(Date.parse(`${String(row?.['now']).replace(' ', 'T')}Z`) - Date.now())).toBeLessThan(
      60_000,
    );
  });

  test('calls none of the functions deterministic that the engine calls volatile', async () => {
    const volatile = await rows(`select distinct function_name from duckdb_functions()
      where function_type = 'scalar' and stability <> 'CONSISTENT'`);
    expect(volatile.length).toBeGreaterThan(20);
    for (const row of volatile) {
      const name = String(row['function_name']);
      expect([
        name,
        DETERMINISTIC_FUNCTIONS.has(name) || duckdbVocabulary.wordsBeforeParenthesis.has(name),
      ]).toEqual([name, false]);
    }
  });
});

describe('a CSV load', () => {
  const columns: readonly Column[] = [
    { name: 'id', type: { kind: 'integer' } },
    { name: 'name', type: { kind: 'varchar', length: 24 } },
    { name: 'day', type: { kind: 'date' } },
    { name: 'amount', type: { kind: 'numeric', precision: 18, scale: 2 } },
    { name: 'ts', type: { kind: 'timestamp' } },
    { name: 'flag', type: { kind: 'boolean' } },
  ];
  const into = { schema: 'main', name: 'landed' };
  const good = `id,name,day,amount,ts,flag
1,"a ""q"", b",2024-01-01,1.50,2024-01-01 10:00:00,true
2,@NULL@,@NULL@,@NULL@,@NULL@,@NULL@
3,,2024-02-29,2,2024-01-01T10:00:00Z,false
4,"two
lines",2024-02-01,-2,2024-01-01 10:00:00.123456,true
5,"@NULL@",2024-02-01,-0.01,2024-01-01 10:00:00,true
`;
  const bad = `id,name,day,amount,ts,flag
1,ok,2024-01-01,1,2024-01-01 10:00:00,true
x,ok,2024-13-01,zz,2024-01-01 10:00:00,true
3,short
4,long,2024-01-01,1,2024-01-01 10:00:00,true,9
5,"two
lines",2024-01-32,1,2024-01-01 10:00:00,true
6,ok,2024-01-01,,2024-01-01 10:00:00,true
7,"a"b,2024-01-01,1,2024-01-01 10:00:00,true
8,ok,2024-01-01,1,2024-01-01 10:00:00,true
9,"unclosed,2024-01-01,1,2024-01-01 10:00:00,true
`;

  beforeAll(async () => {
    await run(dialect.createTable(into, columns));
    await writeFile(folder.file('good.csv'), good);
    await writeFile(folder.file('good.csv.gz'), gzipSync(good));
    await writeFile(folder.file('bad.csv.gz'), gzipSync(bad));
    await writeFile(folder.file('bom.csv'), `\uFEFF${good.replaceAll('\n', '\r\n')}`);
  });

  async function load(files: readonly string[], nullMarker = '@NULL@'): Promise<number> {
    await run('delete from landed');
    const gzip = files.every((file) => file.endsWith('.gz'));
    return run(
      dialect.loadCsv({
        into,
        columns,
        nullMarker,
        from: { kind: 'files', files: files.map(folder.file), gzip },
      }),
    );
  }

  const landed = () => rows('select * from landed order by id');

  test.each([
    'good.csv',
    'good.csv.gz',
  ])('of %s tells NULL, the empty text and the quoted marker apart', async (file) => {
    expect(await load([file])).toBe(5);
    expect(await landed()).toEqual([
      { id: 1, name: 'a "q", b', day: '2024-01-01', amount: '1.50', ts: '2024-01-01 10:00:00', flag: true },
      { id: 2, name: null, day: null, amount: null, ts: null, flag: null },
      { id: 3, name: '', day: '2024-02-29', amount: '2.00', ts: '2024-01-01 10:00:00', flag: false },
      {
        id: 4,
        name: 'two\nlines',
        day: '2024-02-01',
        amount: '-2.00',
        ts: '2024-01-01 10:00:00.123456',
        flag: true,
      },
      { id: 5, name: '@NULL@', day: '2024-02-01', amount: '-0.01', ts: '2024-01-01 10:00:00', flag: true },
    ]);
  });

  test('takes a byte order mark and CRLF', async () => {
    expect(await load(['bom.csv'])).toBe(5);
    expect((await landed())[2]).toMatchObject({ id: 3, name: '', flag: false });
  });

  test('reads an empty cell as NULL where the marker is empty', async () => {
    await writeFile(folder.file('empty.csv'), 'id,name,day,amount,ts,flag\n1,,,,,\n2,"",,,,\n');
    expect(await load(['empty.csv'], '')).toBe(2);
    expect((await landed()).map((row) => row['name'])).toEqual([null, '']);
  });

  test('fails at the first row that does not fit and loads nothing', async () => {
    await expect(load(['bad.csv.gz'])).rejects.toMatchObject({ kind: 'statement' });
    expect(await landed()).toEqual([]);
  });
});
