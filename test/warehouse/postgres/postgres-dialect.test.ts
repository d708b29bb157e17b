import { expect, test } from 'vitest';
import { DETERMINISTIC_FUNCTIONS } from '../../../src/dialect/postgres/deterministic-functions.ts';
import { postgresDialect as dialect } from '../../../src/dialect/postgres/postgres-dialect.ts';
import { RESERVED_WORDS } from '../../../src/dialect/postgres/reserved-words.ts';
import { postgresVocabulary } from '../../../src/dialect/postgres/vocabulary.ts';
import { readCatalog } from '../../../src/warehouse/catalog.ts';
import { postgresEngine } from '../../support/engines.ts';
import { describePostgres, type TestDatabase } from '../../support/postgres/database.ts';

function statements(database: TestDatabase) {
  const engine = postgresEngine(database);
  return {
    engine,
    run: async (...list: readonly string[]) => {
      for (const sql of list) await engine.session.execute(sql);
    },
    rows: async (sql: string) => (await engine.session.query(sql)).rows,
  };
}

describePostgres('Names on PostgreSQL', (database) => {
  const { engine, run, rows } = statements(database);

  test('come back from the engine as they were written', async () => {
    const names = ['plain', 'Mixed', 'mixed', 'order', 'a"b', 'é 😀', '1st', "it's", 'name'];
    await run('create schema names');
    for (const name of names) {
      const relation = { schema: 'names', name };
      await run(
        dialect.createTable(relation, [{ name, type: { kind: 'integer' } }]),
        dialect.commentOnColumn(relation, name, name),
      );
    }
    const catalog = await readCatalog(engine.session, dialect, ['names']);
    expect(catalog.relations.map((entry) => entry.relation.name).sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(catalog.find({ schema: 'names', name })?.columns).toEqual([
        { name, engineType: 'integer', type: { kind: 'integer' } },
      ]);
    }
  });

  test('that are too long are cut as the engine cuts them', async () => {
    const name = `${'a'.repeat(61)}éé`;
    const table = { schema: 'names', name };
    await run(dialect.createTable(table, [{ name, type: { kind: 'integer' } }]));
    const found = (await readCatalog(engine.session, dialect, ['names'])).find(table);
    expect(found?.relation.name).toBe(dialect.fold(name));
    expect(found?.columns[0]?.name).toBe(dialect.fold(name));
  });

  test('that are reserved are all quoted', async () => {
    const keywords = await rows(`select word from pg_get_keywords() where catcode <> 'U'`);
    expect(keywords.length).toBeGreaterThan(100);
    expect(keywords.map((row) => String(row['word'])).filter((word) => !RESERVED_WORDS.has(word))).toEqual(
      [],
    );
  });

  test.each([
    "it's",
    '\\',
    "\\'",
    "'; drop table x; --",
    '',
    '😀\n\r\t',
    '$$',
    -3,
    12345678901234567n,
    true,
    null,
  ])('and the literal of %s is the value it was', async (value) => {
    const [row] = await rows(`select ${dialect.literal(value)} as value`);
    expect(row?.['value']).toEqual(value);
  });
});

describePostgres('Relations on PostgreSQL', (database) => {
  const { engine, run, rows } = statements(database);
  const table = { schema: 'analytics__store', name: 'daily__3fa9c1d2e4b7' };
  const view = { schema: 'analytics', name: 'daily' };

  test('are created, described, replaced, renamed and dropped', async () => {
    await run(
      ...[table, view].map(({ schema }) => dialect.createSchema(schema)),
      dialect.createTableAs(table, 'select 1 as a, cast(2.5 as numeric(18, 2)) as b -- last', {}),
      ...[dialect.analyzeTable(table) ?? ''],
      dialect.commentOnRelation('table', table, "key's"),
      dialect.createView(view, `select a from ${dialect.relation(table)}`),
      dialect.createOrReplaceView(view, `select a, b from ${dialect.relation(table)}`),
      dialect.commentOnRelation('view', view, 'daily figures'),
      dialect.commentOnColumn(view, 'a', 'a number'),
    );
    const catalog = await readCatalog(engine.session, dialect, ['analytics', 'analytics__store', 'nowhere']);
    expect(catalog.relations.map(({ relation, kind }) => `${kind} ${dialect.relation(relation)}`)).toEqual([
      'view analytics.daily',
      'table analytics__store.daily__3fa9c1d2e4b7',
    ]);
    expect(catalog.find(view)?.columns).toEqual([
      { name: 'a', engineType: 'integer', type: { kind: 'integer' } },
      { name: 'b', engineType: 'numeric(18,2)', type: { kind: 'numeric', precision: 18, scale: 2 } },
    ]);
    expect(await rows(dialect.relationsQuery(['analytics', 'analytics__store']))).toMatchObject([
      {
        table_schema: 'analytics',
        table_name: 'daily',
        kind: 'view',
        comment: 'daily figures',
        definition: expect.stringContaining('analytics__store.daily__3fa9c1d2e4b7'),
      },
      { table_schema: 'analytics__store', kind: 'table', comment: "key's", definition: null },
    ]);
    expect(await rows(`select col_description('analytics.daily'::regclass, 1) as text`)).toEqual([
      { text: 'a number' },
    ]);
    expect((await rows(dialect.schemasQuery())).map((row) => row['schema_name'])).toContain(
      'analytics__store',
    );
  });

  test('that people built on are told, and not dropped', async () => {
    await run('create materialized view public.theirs as select a from analytics.daily');
    expect(await rows(dialect.dependentViewsQuery(['analytics', 'analytics__store']) ?? '')).toEqual([
      { view_schema: 'analytics', view_name: 'daily', table_schema: table.schema, table_name: table.name },
      { view_schema: 'public', view_name: 'theirs', table_schema: 'analytics', table_name: 'daily' },
    ]);
    await expect(run(dialect.dropView(view))).rejects.toMatchObject({ kind: 'statement' });
    await expect(run(dialect.dropTable(table))).rejects.toMatchObject({ kind: 'statement' });
    expect((await readCatalog(engine.session, dialect, ['public'])).relations).toMatchObject([
      { kind: 'view' },
    ]);
    await run('drop materialized view public.theirs', dialect.dropView(view));
    await run(dialect.renameTable(table, 'daily__old'), dialect.dropTable({ ...table, name: 'daily__old' }));
    expect((await readCatalog(engine.session, dialect, ['analytics', 'analytics__store'])).relations).toEqual(
      [],
    );
  });

  test('are partitioned tables and materialized views too, without what was dropped from them', async () => {
    await run(
      'create schema kinds',
      'create table kinds.split (d date, x integer, y integer) partition by range (d)',
      'alter table kinds.split drop column x',
      'create materialized view kinds.stored as select y from kinds.split',
    );
    const { relations } = await readCatalog(engine.session, dialect, ['kinds']);
    expect(relations.map(({ relation, kind, columns }) => [relation.name, kind, columns.length])).toEqual([
      ['split', 'table', 2],
      ['stored', 'view', 1],
    ]);
    expect(await rows(dialect.catalogQuery([]))).toEqual([]);
  });

  test('are granted to roles, and who has what is told', async () => {
    const [role = ''] = [`bi_${process.pid}`];
    await database.admin(`create role ${role}`);
    try {
      await run(
        'create schema granted',
        'create table granted.t (a integer)',
        'create table granted.u (a integer)',
      );
      const [t, u] = ['t', 'u'].map((name) => ({ schema: 'granted', name }));
      if (t === undefined || u === undefined) throw new Error('There are two tables.');
      expect((await rows(dialect.granteesQuery())).map((row) => row['grantee'])).toEqual(
        expect.arrayContaining(['public', role, `group ${role}`, `role ${role}`]),
      );
      await run(
        dialect.grantUsage('granted', `group ${role}`),
        dialect.grantSelect(t, role),
        dialect.grantSelect(u, 'public'),
      );
      expect(await rows(dialect.grantsQuery(['granted']))).toEqual([
        { table_schema: 'granted', table_name: 't', grantee: role },
        { table_schema: 'granted', table_name: 'u', grantee: 'public' },
      ]);
      await run(dialect.revokeSelect(t, role), dialect.revokeSelect(u, 'public'));
      expect(await rows(dialect.grantsQuery(['granted']))).toEqual([]);
    } finally {
      await database.admin('drop schema granted cascade', `drop role ${role}`);
    }
  });
});

describePostgres('NULL-safe equality on PostgreSQL', (database) => {
  const { run, rows } = statements(database);
  const untyped = dialect.nullSafeEquals('x.k', 'y.k');
  const typed = dialect.nullSafeEquals('x.k', 'y.k', { kind: 'integer' });

  test.each([untyped, typed])('matches NULL with NULL and nothing else: %s', async (condition) => {
    const values = '(values (0), (1), (null::integer))';
    expect(
      await rows(
        `select x.k as x, y.k as y from ${values} as x (k) join ${values} as y (k) on ${condition} order by 1`,
      ),
    ).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
      { x: null, y: null },
    ]);
  });

  test.each([
    [{ kind: 'varchar' }, 'text', "''"],
    [{ kind: 'numeric', precision: 18, scale: 2 }, 'numeric(18, 2)', '0'],
    [{ kind: 'double' }, 'double precision', "'NaN'"],
    [{ kind: 'boolean' }, 'boolean', 'false'],
    [{ kind: 'date' }, 'date', "'1970-01-01'"],
    [{ kind: 'timestamp' }, 'timestamp', "'1970-01-01'"],
  ] as const)('tells the value that stands for NULL from NULL: %j', async (type, name, value) => {
    const [left, right] = [`cast(${value} as ${name})`, `cast(null as ${name})`];
    const equal = (a: string, b: string) => dialect.nullSafeEquals(a, b, type);
    expect(
      await rows(
        `select ${equal(left, left)} as same, ${equal(left, right)} as other, ${equal(right, right)} as nulls`,
      ),
    ).toEqual([{ same: true, other: false, nulls: true }]);
  });

  test.each([untyped, typed])('joins without comparing every pair: %s', async (condition) => {
    await run('create table if not exists many as select n as k from generate_series(1, 20000) as n');
    await run('analyze many');
    const plan = await rows(`explain select count(*) from many as x left join many as y on ${condition}`);
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/(?:Merge|Hash) (?:Left|Right) Join/);
    expect(text).not.toContain('Nested Loop');
  });
});

describePostgres('A checksum on PostgreSQL', (database) => {
  const { run, rows } = statements(database);
  const checksum = async (rowsSql: string) => {
    await run('drop table if exists summed', `create table summed as ${rowsSql}`);
    return (await rows(dialect.checksumQuery({ schema: 'public', name: 'summed' }, [])))[0];
  };

  test('is the same for the same rows in another order, and another when a value or a copy differs', async () => {
    const original = await checksum("select 1 as a, 'x' as b union all select 2, null");
    expect(await checksum("select 2 as a, null as b union all select 1, 'x'")).toEqual(original);
    expect(await checksum("select 1 as a, 'x' as b union all select 2, 'y'")).not.toEqual(original);
    expect(await checksum("select 2 as a, 'x' as b union all select 1, null")).not.toEqual(original);
    expect(
      await checksum("select 1 as a, 'x' as b union all select 1, 'x' union all select 2, null"),
    ).not.toEqual(original);
    expect(await checksum("select 1 as a, 'x' as b where false")).toMatchObject({ row_count: 0n });
  });

  test('takes whole rows, also of a table with a column of the alias', async () => {
    const one = await checksum('select 1 as source_row, 2 as b');
    expect(await checksum('select 1 as source_row, 3 as b')).not.toEqual(one);
  });
});

describePostgres('A session on PostgreSQL', (database) => {
  const { rows } = statements(database);

  test('is set as Redshift behaves: UTC, integer division, NULL last upwards and first downwards', async () => {
    const [row] = await rows(`select 7 / 2 as quotient, current_setting('timezone') as zone,
      cast(timestamp '2024-02-01' as text) as moment, cast(0.1::float8 + 0.2 as text) as exact,
      (select string_agg(coalesce(x, 'null'), ',') from (select * from (values ('a'), (null), ('b')) as v(x) order by x) as s) as up,
      (select string_agg(coalesce(x, 'null'), ',') from (select * from (values ('a'), (null), ('b')) as v(x) order by x desc) as s) as down`);
    expect(row).toEqual({
      quotient: 3,
      zone: 'UTC',
      moment: '2024-02-01 00:00:00',
      exact: '0.30000000000000004',
      up: 'a,b,null',
      down: 'null,b,a',
    });
  });

  test('tells the time of the engine in UTC, also late in a transaction', async () => {
    const [row] = await rows(dialect.clockQuery());
    const now = Date.parse(`${String(row?.['now']).replace(' ', 'T')}Z`);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });

  test('calls none of the functions deterministic that the engine calls volatile', async () => {
    const volatile = await rows(`select distinct cast(proname as text) as name from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'`);
    expect(volatile.length).toBeGreaterThan(100);
    const allowed = volatile
      .map((row) => String(row['name']))
      .filter(
        (name) => DETERMINISTIC_FUNCTIONS.has(name) || postgresVocabulary.wordsBeforeParenthesis.has(name),
      );
    expect(allowed).toEqual([]);
  });
});
